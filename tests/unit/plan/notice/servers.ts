/** What stands on the other side of each channel, as real servers of this machine. */
import {
	createDecipheriv,
	createECDH,
	createHmac,
	hkdfSync,
	randomBytes,
	verify,
	type ECDH
} from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { Agent, createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { generate } from 'selfsigned';
import { SMTPServer } from 'smtp-server';

async function portOf(server: NetServer): Promise<number> {
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

export interface MailServer {
	url: string;
	letters: { to: string; text: string }[];
	/** What it answers to the next recipients: null takes them, `silent` never answers. */
	answer: { code: number; text: string } | 'silent' | null;
	close(): Promise<void>;
}

/** An SMTP server that keeps what it takes. */
export async function openMailServer(): Promise<MailServer> {
	const mail: MailServer = { url: '', letters: [], answer: null, close: async () => {} };
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		closeTimeout: 100,
		onRcptTo: (_address, _session, done) => {
			if (mail.answer === 'silent') return;
			done(mail.answer && Object.assign(new Error(mail.answer.text), { responseCode: mail.answer.code }));
		},
		onData: (stream, session, done) => {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => void parts.push(part));
			stream.on('end', () => {
				mail.letters.push({
					to: session.envelope.rcptTo.map(({ address }) => address).join(),
					text: Buffer.concat(parts).toString()
				});
				done();
			});
		}
	});
	const port = await portOf(server.server);
	mail.url = `smtp://127.0.0.1:${port}`;
	mail.close = () => new Promise((resolve) => void server.close(() => resolve()));
	return mail;
}

export interface Gateway {
	url: string;
	/** Only messages whose signature holds. */
	messages: { id: string; phone: string; text: string }[];
	/** What it answers; 0 never does. */
	status: number;
	close(): Promise<void>;
}

/** An operator's SMS gateway: it takes what is signed with the secret and no older than five minutes. */
export async function openGateway(secret: string): Promise<Gateway> {
	const gateway: Gateway = { url: '', messages: [], status: 202, close: async () => {} };
	const server = createHttpServer((request, response) => {
		void bodyOf(request).then((body) => {
			const timestamp = String(request.headers['x-mingcha-timestamp']);
			const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
			const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
			if (!isFresh || request.headers['x-mingcha-signature'] !== `sha256=${expected}`)
				return void response.writeHead(401).end();
			if (gateway.status === 0) return;
			if (gateway.status < 300) gateway.messages.push(JSON.parse(body.toString()));
			response.writeHead(gateway.status, { location: '/elsewhere' }).end();
		});
	});
	gateway.url = `http://127.0.0.1:${await portOf(server)}/sms`;
	gateway.close = () => closed(server);
	return gateway;
}

const closed = (server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> =>
	new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});

/** A browser's half: the keys it makes when notices are switched on. */
export interface Device {
	p256dh: string;
	auth: string;
	keys: ECDH;
	secret: Buffer;
}

export function makeDevice(): Device {
	const keys = createECDH('prime256v1');
	const secret = randomBytes(16);
	return { p256dh: keys.generateKeys('base64url'), auth: secret.toString('base64url'), keys, secret };
}

export interface PushService {
	host: string;
	agent: Agent;
	pushes: { path: string; headers: IncomingMessage['headers']; body: Buffer }[];
	/** What it answers; 0 never does. */
	status: number;
	close(): Promise<void>;
}

/** A push service of this machine, over TLS as all of them are. */
export async function openPushService(): Promise<PushService> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
		keyType: 'ec',
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }]
	});
	const service: PushService = {
		host: '',
		agent: new Agent({ ca: cert }),
		pushes: [],
		status: 201,
		close: async () => {}
	};
	const server = createHttpsServer({ key, cert }, (request, response) => {
		void bodyOf(request).then((body) => {
			service.pushes.push({ path: request.url!, headers: request.headers, body });
			if (service.status !== 0) response.writeHead(service.status).end();
		});
	});
	service.host = `127.0.0.1:${await portOf(server)}`;
	service.close = () => {
		service.agent.destroy();
		return closed(server);
	};
	return service;
}

/** What the browser reads: aes128gcm of one record (RFC 8188), keyed as RFC 8291 has it. */
export function openPush(body: Buffer, { keys, secret }: Device): string {
	const salt = body.subarray(0, 16);
	const sender = body.subarray(21, 21 + body[20]!);
	const expand = (from: Buffer, salted: Buffer, info: Buffer | string, length: number) =>
		Buffer.from(hkdfSync('sha256', from, salted, info, length));
	const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
	const input = expand(keys.computeSecret(sender), secret, info, 32);
	const key = expand(input, salt, 'Content-Encoding: aes128gcm\0', 16);
	const nonce = expand(input, salt, 'Content-Encoding: nonce\0', 12);
	const sealed = body.subarray(21 + body[20]!);
	const decipher = createDecipheriv('aes-128-gcm', key, nonce);
	decipher.setAuthTag(sealed.subarray(-16));
	const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
	// The last record ends with 2 and zeros.
	return padded.subarray(0, padded.lastIndexOf(2)).toString();
}

/** The claims of a VAPID header, once its signature holds under the key it names (RFC 8292). */
export function vapidClaims(authorization: string): { aud: string; exp: number; sub: string; key: string } {
	const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization)!;
	const point = Buffer.from(key!, 'base64url');
	const [head, claims, signature] = token!.split('.');
	const isValid = verify(
		'sha256',
		Buffer.from(`${head}.${claims}`),
		{
			key: {
				kty: 'EC',
				crv: 'P-256',
				x: point.subarray(1, 33).toString('base64url'),
				y: point.subarray(33).toString('base64url')
			},
			format: 'jwk',
			dsaEncoding: 'ieee-p1363'
		},
		Buffer.from(signature!, 'base64url')
	);
	if (!isValid)
		throw new Error('vapid: got a signature that does not hold, expected one of the key it names');
	return { ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), key: key! };
}
