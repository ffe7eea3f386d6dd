import { areaFields, type AreaField } from '#lib/area/areaLevel.ts';
import { enterpriseFields, type EnterpriseField } from '#lib/enterprise/register/importFields.ts';

export const importKinds = ['enterprises', 'areas'] as const;
export type ImportKind = (typeof importKinds)[number];

export const fieldsOf = (kind: ImportKind): readonly (AreaField | EnterpriseField)[] =>
	kind === 'areas' ? areaFields : enterpriseFields;
