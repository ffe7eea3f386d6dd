import { failure, success, type Result } from '#lib/problem.ts';

/** The password of every sample account. It is printed in public, so it opens nothing off this machine. */
export const samplePassword = 'mingcha-sample-2026';

export const isSamplePassword = (password: string): boolean => password === samplePassword;

export const passwordMinimumLength = 10;
/** bcrypt, which Supabase stores passwords with, reads no more than 72 bytes. */
const passwordMaximumBytes = 72;

const characterClasses = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{Ll}\p{Lu}\p{N}]/u];

/**
 * At least ten characters of at least two classes (GB/T 22239-2019 asks for complexity without saying how),
 * not made of the account's own name, and not the one that is printed for samples.
 */
export function checkPassword(password: string, email: string): Result<string> {
	const name = email.split('@')[0]!.toLowerCase();
	const classes = characterClasses.filter((characters) => characters.test(password)).length;
	const isGuessable =
		[...password].length < passwordMinimumLength ||
		classes < 2 ||
		new Set(password).size < 5 ||
		isSamplePassword(password) ||
		(name.length >= 3 && password.toLowerCase().includes(name));
	if (isGuessable) return failure('password.too_weak', undefined, 'password');
	if (new TextEncoder().encode(password).length > passwordMaximumBytes)
		return failure('request.invalid', undefined, 'password');
	return success(password);
}
