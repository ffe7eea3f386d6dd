/** Words, links and one form: on the oldest phone, too, there is nothing to wait for. */
export const csr = false;
