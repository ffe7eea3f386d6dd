import { expectValue, readAnswer } from '#lib/backend/answer.ts';
import type { Client } from '#lib/backend/backend.server.ts';
import type { Result } from '#lib/problem.ts';
import type { FactValue } from '#scoring';
import type { EventForm, EventState, RegisteredEvent } from './registeredEvent.ts';

/** The registered events of one enterprise that the client may see, the latest first. */
export const readEvents = async (client: Client, enterpriseId: string): Promise<RegisteredEvent[]> =>
	expectValue<RegisteredEvent[]>(await client.rpc('registered_events_of', { p_enterprise: enterpriseId }));

export interface Registered {
	id: string;
	state: EventState;
}

/**
 * Registers an event, or proposes it where an inspector does. With `corrects` the wrong one is withdrawn with it.
 * @param evidence hashes of files that the same person has put, or that the corrected event already shows
 */
export const registerEvent = async (
	client: Client,
	enterpriseId: string,
	{ clause: _, ...event }: EventForm,
	conditions: Record<string, FactValue>,
	evidence: readonly string[]
): Promise<Result<Registered>> =>
	readAnswer(
		await client.rpc('register_event', {
			p_event: { ...event, enterpriseId, conditions, evidence: [...evidence] } as never
		})
	);

/** A leader takes over what an inspector proposed, or says why not. */
export const answerProposedEvent = async (
	client: Client,
	id: string,
	accepts: boolean,
	reason: string
): Promise<Result<Registered>> =>
	readAnswer(
		await client.rpc('answer_proposed_event', { p_event: id, p_accepts: accepts, p_reason: reason })
	);

/** It was entered wrongly and nothing takes its place. */
export const withdrawEvent = async (
	client: Client,
	id: string,
	reason: string
): Promise<Result<Registered>> =>
	readAnswer(await client.rpc('withdraw_event', { p_event: id, p_reason: reason }));
