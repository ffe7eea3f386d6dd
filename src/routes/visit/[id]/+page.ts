/** A visit lives on the phone: there is nothing a server could render of it. */
export const ssr = false;
