import { readChannels, type ChannelSettings } from '#lib/plan/notice/channelSettings.ts';

/** @throws never in a server that has started: what it cannot read it refuses to start with. */
export function channelsFrom(environment: NodeJS.ProcessEnv): ChannelSettings {
	const settings = readChannels(environment);
	if (settings.ok) return settings.value;
	throw new Error(
		`${settings.problem.path}: got something else, expected ${settings.problem.details?.expected}`
	);
}
