import type { ParamMatcher } from '@sveltejs/kit';

/** Tokens of deliveries are base64url; a shortened or mistyped one still reaches the page that says so. */
export const match: ParamMatcher = (param) => /^[\w-]{6,80}$/.test(param);
