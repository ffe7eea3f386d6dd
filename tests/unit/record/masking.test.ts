import { expect, test } from 'vitest';
import { maskName, maskPhone } from '#lib/record/masking.ts';

test.each([
	['张三', '张*'],
	['欧阳明远', '欧***'],
	['安', '安*'],
	['', '*'],
	['𬭊三', '𬭊*']
])('the name %s is shown to a stranger as %s', (name, shown) => expect(maskName(name)).toBe(shown));

test.each([
	['13800001234', '138****1234'],
	['021-5555 1234', '021-**** 1234'],
	['12345', '***45']
])('the number %s is printed as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));
