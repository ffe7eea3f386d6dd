/** 张*: enough for the person meant, nothing for a stranger. */
export const maskName = (name: string): string => {
	const [first, ...others] = [...name.trim()];
	return first ? first + '*'.repeat(Math.min(others.length, 3) || 1) : '*';
};

/** 138****0000 and 021-****5678: the first three and the last four digits; of a short number the last two. */
export function maskPhone(phone: string): string {
	const digits = phone.replace(/\D/g, '').length;
	const [head, tail] = digits >= 8 ? [3, 4] : [0, 2];
	let seen = 0;
	return phone.replace(/\d/g, (digit) => (++seen <= head || seen > digits - tail ? digit : '*'));
}
