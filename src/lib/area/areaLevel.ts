/** From the whole to the part; an area's parent is of a level before its own. */
export const areaLevels = ['district', 'street', 'community', 'grid'] as const;
export type AreaLevel = (typeof areaLevels)[number];

/** What a list can say of an area beside its shape. */
export const areaFields = ['name', 'code', 'level', 'parentName', 'parentCode'] as const;
export type AreaField = (typeof areaFields)[number];
