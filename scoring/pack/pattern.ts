import type { Fact, FactValue } from '../fact/fact.ts';

/** Half-open, as everywhere: 以上含本数，以下不含. */
export interface NumberRange {
	at_least?: number;
	below?: number;
}

/** One attribute of a fact must equal a value, be one of several, or lie in a range. */
export type Condition = FactValue | FactValue[] | NumberRange;

/** Which facts a clause is about: a kind, and conditions on attributes. A missing attribute never matches. */
export interface Pattern {
	kind: string;
	where?: Record<string, Condition>;
}

const isRange = (condition: Condition): condition is NumberRange =>
	typeof condition === 'object' && condition !== null && !Array.isArray(condition);

const valuesOf = (condition: FactValue | FactValue[]): FactValue[] =>
	Array.isArray(condition) ? condition : [condition];

const lower = (range: NumberRange): number => range.at_least ?? -Infinity;
const upper = (range: NumberRange): number => range.below ?? Infinity;

function holds(condition: Condition, value: FactValue): boolean {
	if (!isRange(condition)) return valuesOf(condition).includes(value);
	return typeof value === 'number' && value >= lower(condition) && value < upper(condition);
}

const conditionsOf = (pattern: Pattern): [string, Condition][] => Object.entries(pattern.where ?? {});

export function matches(pattern: Pattern, fact: Fact): boolean {
	if (pattern.kind !== fact.kind) return false;
	return conditionsOf(pattern).every(([name, condition]) => {
		const value = fact.data[name];
		return value !== undefined && holds(condition, value);
	});
}

/** Whether no value at all could satisfy the condition. */
export const isEmptyCondition = (condition: Condition): boolean =>
	isRange(condition) ? lower(condition) >= upper(condition) : valuesOf(condition).length === 0;

function conditionsMeet(a: Condition, b: Condition): boolean {
	if (!isRange(a)) return valuesOf(a).some((value) => holds(b, value));
	if (!isRange(b)) return conditionsMeet(b, a);
	return Math.max(lower(a), lower(b)) < Math.min(upper(a), upper(b));
}

function conditionCovers(outer: Condition, inner: Condition): boolean {
	if (!isRange(inner)) return valuesOf(inner).every((value) => holds(outer, value));
	return isRange(outer) && lower(outer) <= lower(inner) && upper(outer) >= upper(inner);
}

/** Whether some fact could match both. */
export function patternsMeet(a: Pattern, b: Pattern): boolean {
	if (a.kind !== b.kind) return false;
	return conditionsOf(a).every(([name, condition]) => {
		const other = b.where?.[name];
		return other === undefined || conditionsMeet(condition, other);
	});
}

/** Whether every fact that matches `inner` matches `outer` too. */
export function patternCovers(outer: Pattern, inner: Pattern): boolean {
	if (outer.kind !== inner.kind) return false;
	return conditionsOf(outer).every(([name, condition]) => {
		const other = inner.where?.[name];
		return other !== undefined && conditionCovers(condition, other);
	});
}
