-- A new key signs from now on: noted in the audit log and told in the feed, before it does. By who administers everything, or by the
-- operator at the folder (docs/decisions/keys.md).
create function public.note_key_rotation(p_retired text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if coalesce(p_retired, '') !~ '^[0-9a-f]{16}$' then return app.refusal('request.invalid', null, 'retired'); end if;
  if auth.uid() is not null and not ''::text <@ (select app.administered_scopes()) then
    perform app.audit(auth.uid(), 'keys.rotate', p_retired, false, '', null);
    return app.refusal('permission.role');
  end if;
  perform app.audit(auth.uid(), 'keys.rotate', p_retired, true, '', null);
  perform app.append_event('keys.rotated', '', null, jsonb_build_object('retired', p_retired));
  return app.success('{}');
end $$;
grant execute on function public.note_key_rotation(text) to authenticated, service_role;
