// Says that a person opened this page: a POST of the page itself, because previews of messengers fetch links but
// run nothing. Written for browsers of ten years ago, so it is a file of its own and no part of the bundle.
(function () {
	if (document.visibilityState === 'prerender' || !document.currentScript) return;
	var address = document.currentScript.getAttribute('data-address');
	if (navigator.sendBeacon && navigator.sendBeacon(address)) return;
	var request = new XMLHttpRequest();
	request.open('POST', address);
	request.send();
})();
