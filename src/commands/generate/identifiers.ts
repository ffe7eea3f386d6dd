import { v5 as uuidV5, v7 as uuidV7 } from 'uuid';
import type { Random } from './random.ts';

const namespace = uuidV5('https://mingcha.example/sample', uuidV5.URL);

/** The id of a lasting thing (area, agency, person, enterprise): the same for the same seed and path. */
export const stableId = (seed: number, path: string): string => uuidV5(`${seed}/${path}`, namespace);

/** An id as a device would have made it at that moment (UUIDv7), with its random bits from the seed. */
export function deviceId(atMilliseconds: number, random: Random): string {
	const bytes = Uint8Array.from({ length: 16 }, () => random.integer(0, 255));
	return uuidV7({ msecs: atMilliseconds, random: bytes, seq: random.integer(0, 0x7fffffff) });
}
