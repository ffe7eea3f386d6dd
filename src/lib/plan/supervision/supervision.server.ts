import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type {
	Assignment,
	Step,
	SupervisionAct,
	SupervisionFilter,
	SupervisionMatter,
	SupervisionPage,
	SupervisionRows,
	SupervisionState
} from './supervision.ts';

/** An enterprise by its id, or an area by its scope. */
export type SupervisedPlace = { enterprise: string } | { scope: string };
interface Taken {
	id: string;
	state: SupervisionState;
}

/** A page of the 督办 that the client is asked, has asked, or is in charge of; the most pressing first. */
export const readSupervisions = async (
	client: Client,
	filter: SupervisionFilter,
	page = 1
): Promise<SupervisionRows> =>
	expectValue<SupervisionRows>(
		await client.rpc('supervision_rows', { p_filter: { ...filter }, p_page: page })
	);

/** One with its course; null when there is none that the client may see. */
export const readSupervision = async (client: Client, id: string): Promise<SupervisionPage | null> =>
	expectValue<SupervisionPage | null>(await client.rpc('read_supervision', { p_id: id }));

/** What stands open at a place and whom the client may ask about it. */
export const readSupervisionMatter = async (
	client: Client,
	place: SupervisedPlace
): Promise<Result<SupervisionMatter>> =>
	readAnswer(await client.rpc('supervision_matter', { p_matter: { ...place } }));

/** The same assignment again is the same 督办. */
export const assignSupervision = async (
	client: Client,
	place: SupervisedPlace,
	{ id, kind, hazards, owner, deadline, demand }: Assignment
): Promise<Result<Taken>> =>
	readAnswer(
		await client.rpc('assign_supervision', {
			p_id: id,
			p_matter: { ...place, kind, hazards },
			p_owner: owner,
			p_deadline: deadline,
			p_demand: demand
		})
	);

/** @param photos hashes of files that the same person has put, with `answer` */
export const stepSupervision = async (
	client: Client,
	id: string,
	act: SupervisionAct,
	step: Step,
	photos: readonly string[] = []
): Promise<Result<Taken>> =>
	readAnswer(
		await client.rpc('step_supervision', { p_id: id, p_step: { ...step, act, photos: [...photos] } })
	);
