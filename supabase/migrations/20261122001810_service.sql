-- 送达: what staff do about one delivery after the seal. New codes in place of those that went to the wrong hands (重新送达), and the
-- paper with its wet signature, scanned back, where somebody did not agree to electronic delivery.

create table public.paper_receipts (
  id uuid primary key,
  delivery_id uuid not null references public.deliveries,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  signed_by text not null check (length(signed_by) between 1 and 50),
  signed_on date not null,
  note text check (length(note) between 1 and 300),
  recorded_by uuid not null,
  recorder_name text not null,
  recorded_at timestamptz not null default app.now()
);
comment on table public.paper_receipts is 'A paper that was signed by hand, as scanned by who served it; its files stand in evidence_uses. Append-only.';
create index paper_receipts_delivery on public.paper_receipts (delivery_id, recorded_at);
create trigger paper_receipts_append_only before update or delete on public.paper_receipts for each row execute function app.forbid_change();
alter table public.paper_receipts enable row level security;
grant select on public.paper_receipts to authenticated;
create policy "staff see their scope, a principal their own" on public.paper_receipts for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));

-- Inspectors and leaders of the place, and whoever made the check: a QR on a screen opens everything without a second code.
create function app.may_serve(i public.inspections) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select (app.membership_for(array['inspector', 'leader'], i.scope)).id is not null
    or (i.inspector_id = auth.uid() and (app.membership_for(array['community_worker'], i.scope)).id is not null)
$$;

-- The delivery of an inspection as staff read it, with its course. `serial` only to who may show the code that it makes.
create function public.delivery_of(p_inspection uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', d.id, 'serial', case when app.may_serve(i) then d.serial end, 'mayServe', app.may_serve(i), 'today', app.today(),
    'inspection', jsonb_build_object('id', i.id, 'inspectedOn', i.inspected_on, 'track', i.track, 'electronicDelivery', i.electronic_delivery,
      'onSiteOutcome', i.on_site_outcome),
    -- As it stands in the sealed record: the words, and whoever signed under them.
    'consent', (select jsonb_build_object('words', c->>'electronicDeliveryWords', 'name', c->'onSite'->>'name', 'at', c->'onSite'->>'at')
      from public.records r, lateral (select r.canonical_text::jsonb->'content') x(c) where r.subject_id = i.id and i.electronic_delivery and c->'onSite'->>'outcome' = 'signed'),
    'enterprise', jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address),
    'agency', jsonb_build_object('name', a.name, 'isSample', a.is_sample),
    'expiresAt', app.instant_text(d.expires_at), 'revokedAt', app.instant_text(d.revoked_at), 'openedAt', app.instant_text(d.opened_at),
    'receivedAt', app.instant_text(d.received_at), 'receivedBy', d.received_by, 'receivedMeans', d.received_means,
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'track', x.track, 'numberText', x.number_text, 'state', x.state)
      order by x.record_position, x.kind), '[]') from public.documents x where x.delivery_id = d.id),
    'course', (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'kind', v.kind, 'at', app.instant_text(v.at), 'by', v.by_name, 'means', v.means,
      'note', case when v.kind in ('objected', 'answered', 'reissued', 'revoked', 'corrected') then v.note end) order by v.id), '[]') from public.delivery_events v where v.delivery_id = d.id),
    'papers', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'signedBy', p.signed_by, 'signedOn', p.signed_on, 'note', p.note,
      'recordedBy', p.recorder_name, 'recordedAt', app.instant_text(p.recorded_at),
      'files', (select coalesce(jsonb_agg(jsonb_build_object('sha256', u.sha256, 'mediaType', f.media_type) order by u.position), '[]')
        from public.evidence_uses u join public.evidence f on f.sha256 = u.sha256 where u.paper_receipt_id = p.id)) order by p.recorded_at, p.id), '[]')
      from public.paper_receipts p where p.delivery_id = d.id))
  from public.inspections i join public.deliveries d on d.inspection_id = i.id join public.enterprises e on e.id = i.enterprise_id
  join public.agencies a on a.id = i.agency_id
  where i.id = p_inspection and i.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.delivery_of(uuid) to authenticated;

-- The delivery for somebody who wants to do something with it, locked; its refusal otherwise.
create function app.served_delivery(p_delivery uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries; i public.inspections;
begin
  select * into d from public.deliveries where id = p_delivery for update;
  select * into i from public.inspections where id = d.inspection_id;
  if d.id is null or not d.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  -- A paper issued on its own is served by whoever may issue such papers there.
  if not (case when i.id is null then (app.membership_for(array['inspector', 'leader', 'administrator'], d.scope)).id is not null else app.may_serve(i) end) then
    perform app.audit(auth.uid(), 'delivery.serve', d.id::text, false, d.scope, '{"why":"permission.role"}');
    return app.refusal('permission.role');
  end if;
  return null;
end $$;

-- p_codes: {serial, screenTokenSha256, paperTokenSha256, codeSha256}, made by the server for the next serial. From now on the codes
-- before open nothing: they are as unknown as any other.
create function public.reissue_delivery(p_delivery uuid, p_codes jsonb, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries; refused jsonb := app.served_delivery(p_delivery); reason text := trim(coalesce(p_reason, '')); days int;
begin
  if refused is not null then return refused; end if;
  select * into d from public.deliveries where id = p_delivery;
  if (p_codes->>'serial')::int = d.serial and p_codes->>'screenTokenSha256' = d.screen_token_sha256 and d.revoked_at is null then
    return app.success(jsonb_build_object('serial', d.serial));
  end if;
  if (p_codes->>'serial')::int is distinct from d.serial + 1 then return app.refusal('delivery.state'); end if;
  if length(reason) not between 2 and 300 then return app.refusal('request.invalid', null, 'reason'); end if;
  days := coalesce((app.setting(d.scope, 'delivery.valid_days') #>> '{}')::int, 180);
  update public.deliveries set serial = d.serial + 1, screen_token_sha256 = p_codes->>'screenTokenSha256', paper_token_sha256 = p_codes->>'paperTokenSha256',
    code_sha256 = p_codes->>'codeSha256', failed_codes = 0, last_failed_at = null, revoked_at = null, expires_at = app.now() + days * interval '1 day'
  where id = d.id;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note)
  values (d.id, d.scope, d.enterprise_id, 'reissued', app.member_name(auth.uid(), d.scope), reason);
  perform app.audit(auth.uid(), 'delivery.reissue', d.id::text, true, d.scope, jsonb_build_object('serial', d.serial + 1));
  perform app.append_event('delivery.reissued', d.scope, d.enterprise_id, jsonb_build_object('inspectionId', d.inspection_id, 'serial', d.serial + 1));
  return app.success(jsonb_build_object('serial', d.serial + 1));
end $$;
grant execute on function public.reissue_delivery(uuid, jsonb, text) to authenticated;

-- Without new ones: nobody opens the page any more until somebody issues them.
create function public.revoke_delivery(p_delivery uuid, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries; refused jsonb := app.served_delivery(p_delivery); reason text := trim(coalesce(p_reason, ''));
begin
  if refused is not null then return refused; end if;
  select * into d from public.deliveries where id = p_delivery;
  if d.revoked_at is not null then return app.success('{}'); end if;
  if length(reason) not between 2 and 300 then return app.refusal('request.invalid', null, 'reason'); end if;
  update public.deliveries set revoked_at = app.now() where id = d.id;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note)
  values (d.id, d.scope, d.enterprise_id, 'revoked', app.member_name(auth.uid(), d.scope), reason);
  perform app.audit(auth.uid(), 'delivery.revoke', d.id::text, true, d.scope, jsonb_build_object('serial', d.serial));
  perform app.append_event('delivery.revoked', d.scope, d.enterprise_id, jsonb_build_object('inspectionId', d.inspection_id, 'serial', d.serial));
  return app.success('{}');
end $$;
grant execute on function public.revoke_delivery(uuid, text) to authenticated;

-- p_paper: {id, signedBy, signedOn, note, files}. Counts as received by means `print`; what was received before stands.
create function public.record_paper_receipt(p_delivery uuid, p_paper jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries; refused jsonb := app.served_delivery(p_delivery); paper uuid := (p_paper->>'id')::uuid; signer text := trim(coalesce(p_paper->>'signedBy', ''));
  signed date := (p_paper->>'signedOn')::date; files jsonb := coalesce(p_paper->'files', '[]'); remark text := nullif(trim(coalesce(p_paper->>'note', '')), ''); at_day date;
begin
  if refused is not null then return refused; end if;
  select * into d from public.deliveries where id = p_delivery;
  if exists (select 1 from public.paper_receipts p where p.id = paper) then
    return case when exists (select 1 from public.paper_receipts p where p.id = paper and p.delivery_id = d.id) then app.success('{}')
      else app.refusal('request.invalid', null, 'id') end;
  end if;
  if paper is null then return app.refusal('request.invalid', null, 'id'); end if;
  if length(signer) not between 1 and 50 then return app.refusal('request.invalid', null, 'signedBy'); end if;
  if length(remark) > 300 then return app.refusal('request.invalid', null, 'note'); end if;
  at_day := coalesce((select i.inspected_on from public.inspections i where i.id = d.inspection_id),
    (select min(app.shanghai_date(x.issued_at)) from public.documents x where x.delivery_id = d.id));
  if signed is null or signed not between at_day and app.today() then return app.refusal('delivery.signed_on', null, 'signedOn'); end if;
  if jsonb_array_length(files) not between 1 and 9 then return app.refusal('delivery.paper_missing', null, 'files'); end if;
  if exists (select 1 from jsonb_array_elements_text(files) f where not exists (
    select 1 from public.evidence_uploads u where u.sha256 = f and u.uploader = auth.uid())) then return app.refusal('evidence.not_found'); end if;
  insert into public.paper_receipts (id, delivery_id, scope, enterprise_id, signed_by, signed_on, note, recorded_by, recorder_name)
  values (paper, d.id, d.scope, d.enterprise_id, signer, signed, remark, auth.uid(), coalesce(app.member_name(auth.uid(), d.scope), ''));
  insert into public.evidence_uses (sha256, scope, enterprise_id, paper_receipt_id, purpose, taken_at, position)
  select f, d.scope, d.enterprise_id, paper, 'signed_paper', app.now(), n::int from jsonb_array_elements_text(files) with ordinality as x(f, n);
  update public.deliveries set received_at = app.now(), received_by = signer, received_means = 'print' where id = d.id and received_at is null;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, means)
  values (d.id, d.scope, d.enterprise_id, case when found then 'received' else 'signed_paper' end, signer, 'print');
  perform app.append_event('delivery.received', d.scope, d.enterprise_id, jsonb_build_object('inspectionId', d.inspection_id, 'means', 'print'));
  return app.success('{}');
end $$;
grant execute on function public.record_paper_receipt(uuid, jsonb) to authenticated;
