import { z } from 'zod';
import { failure, success, type Result } from '#lib/problem.ts';

const email = z.string().trim().toLowerCase().pipe(z.email().max(254));

export const credentialsSchema = z.object({ email, password: z.string().min(1).max(200) });
export type Credentials = z.infer<typeof credentialsSchema>;

/** The fields of a form, read by a schema. Of several faults the first is named, with its field as the path. */
export function readForm<Schema extends z.ZodType>(
	schema: Schema,
	form: FormData | Record<string, string>
): Result<z.infer<Schema>> {
	const parsed = schema.safeParse(form instanceof FormData ? Object.fromEntries(form) : form);
	if (parsed.success) return success(parsed.data);
	return failure('request.invalid', undefined, parsed.error.issues[0]?.path.join('.'));
}

/** What was typed, to be shown again beside a fault. Passwords are never sent back, files have no text. */
export const enteredText = (form: FormData): Record<string, string> =>
	Object.fromEntries(
		[...form].filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'password'
		)
	);
