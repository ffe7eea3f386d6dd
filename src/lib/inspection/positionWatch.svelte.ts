import { instantOf } from './deviceClock.ts';
import type { Position } from './inspection.ts';

export type PositionState = 'idle' | 'asking' | 'found' | 'denied' | 'unavailable';

/**
 * The device's position while it is asked for, and no longer: no track of an inspector is kept outside a check.
 * A fix is kept as the device states it, with its own accuracy and time.
 */
export class PositionWatch {
	state = $state<PositionState>('idle');
	fix = $state.raw<Position | null>(null);
	#watch: number | null = null;

	start(): void {
		this.stop();
		if (!('geolocation' in navigator)) {
			this.state = 'unavailable';
			return;
		}
		if (!this.fix) this.state = 'asking';
		this.#watch = navigator.geolocation.watchPosition(
			(found) => this.#take(found),
			(error) => this.#miss(error),
			{ enableHighAccuracy: true, maximumAge: 5_000, timeout: 20_000 }
		);
	}

	stop(): void {
		if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
		this.#watch = null;
	}

	#take({ coords, timestamp }: GeolocationPosition): void {
		this.fix = {
			longitude: coords.longitude,
			latitude: coords.latitude,
			accuracyMetres: Math.round(coords.accuracy * 10) / 10,
			fixedAt: instantOf(timestamp),
			source: 'device'
		};
		this.state = 'found';
	}

	#miss(error: GeolocationPositionError): void {
		if (error.code === error.PERMISSION_DENIED) {
			this.fix = null;
			this.state = 'denied';
		} else if (!this.fix) {
			// The watch goes on: walking to the door may bring the first fix.
			this.state = 'unavailable';
		}
	}
}
