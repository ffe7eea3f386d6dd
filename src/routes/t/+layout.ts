/** No script on any page below, that of a code that opens nothing included: its texts are on the server alone. */
export const csr = false;
