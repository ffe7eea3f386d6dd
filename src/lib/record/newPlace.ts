import { z } from 'zod';
import { readCreditCode } from '#lib/enterprise/register/creditCode.ts';
import { uuid } from '#lib/inspection/inspection.ts';
import { failure, success, type Result } from '#lib/problem.ts';

/** Why a place has no 统一社会信用代码. */
export const codeAbsences = ['unlicensed', 'not_shown', 'old'] as const;

const degrees = (limit: number) => z.coerce.number().min(-limit).max(limit);
const empty = z.literal('').transform(() => null);
const line = (maximum: number) => z.string().trim().max(maximum);

const placeSchema = z.object({
	id: uuid,
	name: line(120).min(2),
	siteType: z.string().min(1),
	address: line(200).min(2),
	creditCode: line(30),
	absence: z.enum(codeAbsences).or(empty),
	contactName: line(50),
	contactPhone: line(20),
	longitude: empty.or(degrees(180)),
	latitude: empty.or(degrees(90))
});

export interface NewPlace {
	id: string;
	name: string;
	siteType: string;
	address: string;
	creditCode: string | null;
	absence: (typeof codeAbsences)[number] | null;
	contactName: string | null;
	contactPhone: string | null;
	position: { longitude: number; latitude: number } | null;
}

/** 「新增场所」 as the form sends it. @returns the first fault with the field's name as path. */
export function readNewPlace(form: FormData): Result<NewPlace> {
	const parsed = placeSchema.safeParse(Object.fromEntries(form));
	if (!parsed.success) {
		return failure('request.invalid', {}, parsed.error.issues[0]?.path.join('.'));
	}
	const { longitude, latitude, creditCode, ...place } = parsed.data;
	const position = longitude === null || latitude === null ? null : { longitude, latitude };
	const rest = {
		...place,
		contactName: place.contactName || null,
		contactPhone: place.contactPhone || null,
		position
	};
	if (!creditCode) {
		if (!place.absence) return failure('enterprise.credit_code_reason', {}, 'creditCode');
		return success({ ...rest, creditCode: null });
	}
	const code = readCreditCode(creditCode);
	if (!code.ok) return { ok: false, problem: { ...code.problem, path: 'creditCode' } };
	return success({ ...rest, creditCode: code.value, absence: null });
}
