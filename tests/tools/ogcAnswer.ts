import { z } from 'zod';
import { ogcSchemas, type OgcSchema } from '#lib/interop/ogcSchemas.ts';

const definitions = JSON.parse(
	JSON.stringify(ogcSchemas).replaceAll('#/components/schemas/', '#/definitions/')
) as Record<OgcSchema, object>;

/** What of an answer is not as the standard's schema wants it, a line each; empty: it fits. */
export function faultsIn(answer: unknown, name: OgcSchema): string[] {
	const schema = z.fromJSONSchema({ ...definitions[name], definitions } as never, {
		defaultTarget: 'openapi-3.0'
	});
	const { error } = schema.safeParse(answer);
	return (error?.issues ?? []).map(({ path, message }) => `${name} ${path.join('/')}: ${message}`);
}
