import { failure, success, type Result } from '#lib/problem.ts';

/** The body of a request as JSON. @returns `request.not_json`; what is in it is for the schema to say. */
export async function readJson(request: Request): Promise<Result<unknown>> {
	try {
		return success(await request.json());
	} catch {
		return failure('request.not_json');
	}
}
