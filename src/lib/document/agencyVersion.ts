/** One state of an agency's names and wording; a document keeps the one it was issued with. */
export interface AgencyVersion {
	version: number;
	name: string;
	shortName: string;
	mayEnforce: boolean;
	template: Record<string, unknown>;
	/** Null: the program, or the link that made the agency. */
	changedBy: string | null;
	changedAt: string;
}

export interface AgencyChange {
	/** In the template, as in `remedy.court`; `name`, `shortName` and `mayEnforce` beside it. */
	path: string;
	before: string | null;
	after: string | null;
}

function flat(value: unknown, path = ''): [string, string][] {
	if (typeof value !== 'object' || value === null) return [[path, String(value)]];
	return Object.entries(value).flatMap(([key, inner]) => flat(inner, path ? `${path}.${key}` : key));
}

const fieldsOf = ({ name, shortName, mayEnforce, template }: AgencyVersion): Map<string, string> =>
	new Map(flat({ name, shortName, mayEnforce, ...template }).filter(([path]) => path !== 'format'));

/** What somebody changed: fields that differ, in the order of the later one. Of the first version nothing. */
export function changesOf(version: AgencyVersion, before: AgencyVersion | null): AgencyChange[] {
	if (!before) return [];
	const [was, is] = [fieldsOf(before), fieldsOf(version)];
	return [...new Set([...is.keys(), ...was.keys()])]
		.filter((path) => was.get(path) !== is.get(path))
		.map((path) => ({ path, before: was.get(path) ?? null, after: is.get(path) ?? null }));
}
