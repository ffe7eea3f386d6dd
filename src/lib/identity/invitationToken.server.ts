import { createHash, randomBytes } from 'node:crypto';

/** A new one-time token: 256 random bits, 43 characters. Shown once; only its hash is stored. */
export const newInvitationToken = (): string => randomBytes(32).toString('base64url');

export const isInvitationToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

export const hashInvitationToken = (token: string): string =>
	createHash('sha256').update(token).digest('hex');

export const invitationPath = (token: string): string => `/invite/${token}`;
