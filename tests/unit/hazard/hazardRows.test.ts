import { expect, test } from 'vitest';
import { hazardFilterFrom, pageFrom } from '#lib/hazard/hazardRows.ts';

test('an address asks for hazards; what it says badly is not heard', () => {
	const asked = hazardFilterFrom(
		new URLSearchParams(
			'state=closed&from=2026-11-01&to=2026-11-22&community=00010001&siteType=restaurant&q=%20电%20'
		)
	);
	expect(asked).toEqual({
		state: 'closed',
		from: '2026-11-01',
		to: '2026-11-22',
		community: '00010001',
		siteType: 'restaurant',
		severity: null,
		cause: null,
		item: null,
		enterprise: null,
		q: '电'
	});
	const badly = hazardFilterFrom(
		new URLSearchParams('state=x&from=yesterday&community=1~&siteType=A&enterprise=7')
	);
	expect(badly).toEqual({
		state: 'open',
		from: null,
		to: null,
		community: null,
		siteType: null,
		severity: null,
		cause: null,
		item: null,
		enterprise: null,
		q: null
	});
});

test.each([
	['', 1],
	['page=3', 3],
	['page=-2', 1],
	['page=x', 1]
])('page of %j', (query, page) => expect(pageFrom(new URLSearchParams(query))).toBe(page));
