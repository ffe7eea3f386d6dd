import type { PushKeys } from '#lib/backend/keys.server.ts';
import { consoleChannel } from './channel.server.ts';
import type { ChannelSettings } from './channelSettings.ts';
import { emailChannel } from './email.server.ts';
import type { Channels } from './notice.server.ts';
import { pushChannel } from './push.server.ts';
import { smsChannel } from './sms.server.ts';

/** The channels that are set up; the log where none is. `home` is our address as people outside reach it. */
export function openChannels({ push, email, sms }: ChannelSettings, keys: PushKeys, home: string): Channels {
	const channels: Channels = {
		...(push && { push: pushChannel(push, keys) }),
		...(email && { email: emailChannel(email, home) }),
		...(sms && { sms: smsChannel(sms) })
	};
	return Object.keys(channels).length > 0 ? channels : { console: consoleChannel };
}
