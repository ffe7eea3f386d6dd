import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { ExtensionDecision, ExtensionFilter, ExtensionRows } from './extension.ts';

/** A page of the requests that the client may see, those that wait first. */
export const readExtensions = async (
	client: Client,
	filter: ExtensionFilter,
	page = 1
): Promise<ExtensionRows> =>
	expectValue<ExtensionRows>(await client.rpc('extension_rows', { p_filter: { ...filter }, p_page: page }));

/**
 * @returns `extension.state` when somebody has decided or it has lapsed; `extension.leader` (重大), `extension.agency`,
 *   `permission.licence` when it is not the client's to decide; `extension.day` for a day that puts nothing off.
 */
export const decideExtensions = async (
	client: Client,
	decision: ExtensionDecision
): Promise<Result<unknown>> =>
	readAnswer(await client.rpc('decide_extensions', { p_decision: { ...decision } }));
