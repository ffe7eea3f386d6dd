-- Papers with the agency's own digital signature (PAdES), for the document worker; and the certificate that signs them
-- (docs/decisions/pdf-signatures.md).

-- What was rendered since the certificate was put there, and lately: whatever could not be signed in a month is for a person.
create function public.documents_to_sign(p_since timestamptz, p_limit int default 20) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'pdfSha256', d.pdf_sha256) order by d.rendered_at, d.id), '[]') from (
    select * from public.documents d where d.rendered_at >= greatest(p_since, app.now() - interval '30 days')
      and not exists (select 1 from public.document_signatures s where s.id = d.id)
    order by d.rendered_at, d.id limit least(p_limit, 500)) d
$$;
create index documents_rendered on public.documents (rendered_at) where rendered_at is not null;
grant execute on function public.documents_to_sign(timestamptz, int) to service_role;

-- Once per paper: a second signer, or a repetition, gets what is there. → {sha256}
create function public.store_document_signature(p_document uuid, p_signature jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.documents; known text;
begin
  select * into d from public.documents where id = p_document for update;
  if d.id is null or d.pdf_sha256 is distinct from p_signature->>'pdfSha256' then
    raise exception 'store_document_signature: got a signature over %, expected one over % of document %', p_signature->>'pdfSha256', d.pdf_sha256, p_document;
  end if;
  select s.signed_sha256 into known from public.document_signatures s where s.id = d.id;
  if known is not null then return app.success(jsonb_build_object('sha256', known)); end if;
  insert into public.document_signatures (id, scope, enterprise_id, is_internal, pdf_sha256, signed_sha256, signed_bytes, level, certificate_sha256, subject,
    issuer, valid_until, signed_at)
  values (d.id, d.scope, d.enterprise_id, app.is_internal(d.kind), d.pdf_sha256, p_signature->>'sha256', (p_signature->>'bytes')::int, p_signature->>'level',
    p_signature->>'certificateSha256', p_signature->>'subject', p_signature->>'issuer', (p_signature->>'validUntil')::timestamptz, (p_signature->>'signedAt')::timestamptz);
  return app.success(jsonb_build_object('sha256', p_signature->>'sha256'));
end $$;
grant execute on function public.store_document_signature(uuid, jsonb) to service_role;

-- 「存入／移除签名证书」 at the folder, by the operator: noted, and told in the chain of events, before it happens.
create function public.note_pdf_certificate(p_certificate_sha256 text, p_is_kept boolean) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if coalesce(p_certificate_sha256, '') !~ '^[0-9a-f]{64}$' or p_is_kept is null then return app.refusal('request.invalid', null, 'certificateSha256'); end if;
  perform app.audit(null, 'keys.certificate', p_certificate_sha256, true, '', jsonb_build_object('isKept', p_is_kept));
  perform app.append_event('keys.certificate', '', null, jsonb_build_object('certificateSha256', p_certificate_sha256, 'isKept', p_is_kept));
  return app.success('{}');
end $$;
grant execute on function public.note_pdf_certificate(text, boolean) to service_role;
