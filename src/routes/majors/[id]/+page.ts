/** Words and plain forms, which work on the oldest phone. Its texts stay on the server. */
export const csr = false;
