/**
 * What somebody agrees to who agrees to electronic delivery (行政处罚法第六十一条: 当事人同意并签订确认书; no source gives its
 * words, these are ours). It stands above the signature and is sealed with the record as it was put: other words are other
 * words from then on.
 */
export const deliveryConsentWords =
	'本单位同意以电子方式（扫描二维码）接收本次检查的文书；二维码由本单位妥善保管，不转给他人。';
