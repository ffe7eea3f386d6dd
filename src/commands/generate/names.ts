import type { Random } from './random.ts';

// A lexicon of our own: syllables that sound like a shop or a lane somewhere and, put together, name none we know.
const firstSyllables = [...'云禾雾岚霁棠榆槐桐芦荻葵萱芷穗晴砚竹柚梨杉榕'];
const secondSyllables = [...'溪霞泉宁谷浦桥屿汀坞塘湾畔麓岭洲渚岸川圃'];
const surnames = [...'王李张刘陈杨赵黄周吴徐孙朱马胡林郭何高罗郑梁谢宋唐许韩冯邓曹'];
const givenSyllables = [...'一子文雨思嘉宇晓明志海建国华秀英丽敏静伟强磊洋勇艳娟涛杰霞平刚桂兰玉'];

/** Two syllables; three once the short ones are getting scarce, which a larger scale needs. */
export const stem = (random: Random, attempt = 0): string =>
	random.pick(firstSyllables) +
	random.pick(secondSyllables) +
	(attempt > 12 ? random.pick(secondSyllables) : '');

/** Draws until the name was not given before; throws when the lexicon is used up. */
export function distinct(taken: Set<string>, draw: (attempt: number) => string): string {
	for (let attempt = 0; attempt < 2_000; attempt++) {
		const name = draw(attempt);
		if (!taken.has(name)) {
			taken.add(name);
			return name;
		}
	}
	throw new RangeError(`names: got ${taken.size} names, expected the lexicon to have one more`);
}

export function personName(random: Random): string {
	const given = random.pick(givenSyllables) + (random.chance(0.75) ? random.pick(givenSyllables) : '');
	return random.pick(surnames) + given;
}

/** 199 0000 0000 and on: by its look a number nobody was given. */
export const samplePhone = (index: number): string => String(19_900_000_000 + index);
