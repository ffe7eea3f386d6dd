/**
 * Everything the engine refuses, in English: what was got, what was expected. The reason is stable and comes with
 * its parameters, so that others can say it in their own language; the command line prints these texts.
 */
export const faultTexts = {
	// A fact by itself.
	fact_id: 'id: got "", expected an id',
	fact_day: 'occurredOn: got {got}, expected a day YYYY-MM-DD',
	fact_instant: 'recordedAt: got {got}, expected an instant with its offset',
	fact_twice: 'got the id twice, expected it once',
	fact_subject: 'got subject {got}, expected {expected}',
	decision_names: '{kind}: got no {name}, expected an id',
	decision_unknown: 'kind: got "{kind}", expected a decision the engine knows',
	decision_points: '{kind}: got points {got}, expected points from 0, at most two decimals',
	// A fact under a pack.
	fact_inspection: '{by}: got {got}, expected the inspection it belongs to',
	fact_points: 'points: got {got}, expected {min} to {max}, at most two decimals',
	// The fields of a pack, one by one.
	yaml: '{message}',
	schema_missing: 'got nothing, expected {expected}',
	schema_type: 'got {got}, expected {expected}',
	schema_unknown: 'got an unknown field "{field}"',
	schema_value: 'expected one of {expected}',
	schema_few_characters: 'too short: expected at least {limit} characters',
	schema_many_characters: 'too long: expected at most {limit} characters',
	schema_few_items: 'too few: expected at least {limit} items',
	schema_low: 'too small: expected at least {limit}',
	schema_high: 'too big: expected at most {limit}',
	schema_choice: 'got a value that fits none of the forms it may have',
	schema_other: '{message}',
	schema_key: 'expected lower-case letters, digits, - or _',
	schema_day: 'expected a day that exists, YYYY-MM-DD',
	schema_points: 'expected a number with at most two decimals',
	schema_sign: 'expected points from 0: the sign follows from kind',
	schema_clause_points: 'expected a finite number of points, or { min, max }',
	schema_colour: 'expected a colour as #RRGGBB',
	schema_range: 'expected at_least or below',
	schema_condition: 'expected a value, a list of values, or { at_least, below }',
	schema_fact_kind: 'expected a fact kind such as hazard.found',
	schema_version: 'expected a version in quotes, such as "2026.1"',
	schema_measure: 'expected one of {codes}, or { code, words }',
	schema_source: 'expected the source that states it: what no source states is a sample',
	// The fields of a pack, taken together.
	ends_before_start: 'got {got}, expected a day not before {from}',
	limits: 'got floor {floor}, start {start}, ceiling {ceiling}, expected floor ≤ start ≤ ceiling',
	aspect_twice: 'got the aspect "{key}" twice, expected it once',
	aspect_unused: 'got the aspect "{key}" without a clause, expected one at least',
	scale_twice: 'got the scale "{key}" twice, expected it once',
	band_twice: 'got the band "{key}" twice, expected it once',
	band_upside_down: 'got {from} to {below}, expected from < below',
	band_unreachable: '"{name}" is unreachable between floor and ceiling',
	band_waits: 'the best band cannot wait for confirmation',
	band_level: 'got {got} after {better}, expected the same level or a worse one',
	band_gap: 'got a gap: "{low}" ends below {below} and "{high}" starts from {from}, expected the same number',
	band_overlap:
		'got an overlap: "{low}" ends below {below} and "{high}" starts from {from}, expected the same number',
	band_floor: 'got {got}, expected to cover the floor {floor}',
	band_ceiling: 'got {got}, expected null or more than the ceiling {ceiling}',
	clause_days: '"{code}" is valid {from} to {to}, expected within the pack\'s own days',
	clause_amount: '"{code}": expected either points or share_percent',
	share_on: 'got a share on a {kind}, expected points',
	share_over: 'got {got} per cent, expected at most the whole entry, 100',
	points_upside_down: 'got min {min} > max {max}, expected min ≤ max',
	points_sides: 'got {min} to {max} on a {kind}, expected both ends on one side of zero',
	points_below_zero: 'got {min} to {max} on a {kind}, expected points from 0',
	cap_low: 'got {got}, expected at least the {highest} points that one entry gives',
	repeated_on: 'got repeated on a {kind}, expected a charge',
	repeated_amount: 'expected either points or share_percent',
	cites_on: 'got cites on a {kind}, expected a charge or a credit',
	cites_points: 'got {got}, expected { min, max }: the opinion says the points',
	cites_condition: 'got a condition on clause, which cites reads itself',
	clause_aspect: 'got "{aspect}", expected a listed aspect',
	matches_decision: 'got "{kind}", a decision, which the engine reads itself',
	matches_lead:
		'got "{kind}", a lead: a device says where to look, and only what people find there may count',
	condition_empty: 'no value can meet this condition',
	tie_on: 'got {field} on a {kind}, expected none',
	tie_missing: '"{code}", kind {kind}: expected what it {field}',
	tie_target: 'got "{code}", expected the code of a charge in this pack',
	code_twice: 'got the code "{code}" twice for the same days, expected it once',
	two_writers: '"{one}" and "{other}" can both write one fact, expected different priorities',
	clause_hidden: '"{hidden}" is unreachable: "{by}" takes all its facts first'
} as const;

export type FaultReason = keyof typeof faultTexts;

/** What is wrong. `message` is the English sentence; numbers and words it names are `parameters`. */
export interface Fault {
	reason: FaultReason;
	parameters: Readonly<Record<string, string | number>>;
	message: string;
}

type Parameter = string | number | boolean | null | undefined;

/** A fault put into English. What is none (null) is named so. */
export function fault(reason: FaultReason, given: Readonly<Record<string, Parameter>> = {}): Fault {
	const parameters = Object.fromEntries(
		Object.entries(given).map(([name, value]) => [
			name,
			typeof value === 'number' || typeof value === 'string' ? value : String(value)
		])
	);
	const message = faultTexts[reason].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
		name in parameters ? String(parameters[name]) : whole
	);
	return { reason, parameters, message };
}

/** A fact that cannot be read. */
export interface FactFault extends Fault {
	fact: string;
}

/** Thrown where a fact arrives that the door where facts come in should have refused. */
export class FactFaultError extends RangeError {
	readonly faults: readonly FactFault[];

	constructor(fact: string, what: Fault) {
		super(`fact ${fact}: ${what.message}`);
		this.faults = [{ ...what, fact }];
	}
}
