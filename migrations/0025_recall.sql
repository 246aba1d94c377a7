-- Recall by words and meaning. See docs/decisions/0020-recall.md.

-- A text as its words are taken from: ё is е, and signs are none of any word, which the parser would believe where the
-- database's letters are those of "C".
create function memory_text(said text) returns text
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select translate(left(said, 20000), 'ёЁ’‘`´“”„«»‹›–—−…·•№×¿¡°', 'ее' || repeat(' ', 22))
$$;

-- Words as they are looked for: stems, English of Latin letters and Russian of Cyrillic ones, without those that say
-- nothing; with how often each comes.
create function memory_stems(said text) returns table (word text, times smallint)
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select lexeme, cardinality(positions)::smallint
  from unnest(to_tsvector('pg_catalog.russian', memory_text(said)))
$$;

-- Which words a memory has. Full-text matching is not leakproof, so under row security no index of it is used; equality
-- of text is.
create table memory_words (
  user_id uuid not null,
  word text collate "C" not null,
  memory_id uuid not null references memories on delete cascade,
  in_key smallint not null,
  in_value smallint not null,
  -- How many words the memory has.
  words smallint not null,
  primary key (user_id, word, memory_id) include (in_key, in_value, words)
);
create index memory_words_memory on memory_words (memory_id);
select protect_table('memory_words', 'owned');

create function index_memory_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from memory_words where memory_id = new.id;
  end if;
  insert into memory_words (user_id, word, memory_id, in_key, in_value, words)
    select new.user_id, word, new.id, sum(in_key), sum(in_value), least(sum(sum(in_key) + sum(in_value)) over (), 30000)
    from (
      select word, times as in_key, 0 as in_value from memory_stems(new.key)
      union all
      select word, 0, times from memory_stems(new.value)
    ) as told
    -- An index takes no longer word.
    where length(word) <= 200
    group by word;
  return null;
end $$;
create trigger index_memory_words after insert or update of key, value on memories
  for each row execute function index_memory_words();

-- A vector of its meaning, by the model named beside it; another text has none yet.
-- embedding_seq grows with every vector written: a user's are written one batch after the other (a lane), so what a
-- process has not seen yet is what is above the last it saw.
alter table memories add column embedding real[], add column embedding_model text, add column embedding_seq bigint,
  add check ((embedding is null) = (embedding_model is null) and (embedding is null) = (embedding_seq is null));
create index memories_embedded on memories (user_id, embedding_seq) where embedding_seq is not null;
create sequence memory_embedding_seq;
create function next_memory_embedding_seq() returns bigint
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select nextval('public.memory_embedding_seq')
$$;
create function forget_meaning() returns trigger language plpgsql as $$
begin
  if (new.key, new.value) is distinct from (old.key, old.value) then
    new.embedding := null;
    new.embedding_model := null;
    new.embedding_seq := null;
  end if;
  return new;
end $$;
create trigger forget_meaning before update of key, value on memories
  for each row execute function forget_meaning();

-- Being recalled or understood is no change of a memory.
create or replace trigger touch_updated_at
  before update of key, value, source, source_ref, trust, assistant_id, pinned, is_active, expires_at on memories
  for each row execute function touch_updated_at();

-- What was forgotten: fingerprints of what it was about and what it said, so that nobody else's word brings it back.
create table forgotten_memories (
  user_id uuid not null references users on delete cascade,
  fingerprint bytea not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  primary key (user_id, fingerprint)
);
select protect_table('forgotten_memories', 'owned');

-- The words of a text, whatever their order and form; null when there are fewer than `at_least`.
create function memory_fingerprint(owner uuid, kind text, said text, at_least int) returns bytea
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select case when count(*) >= at_least then
      sha256(convert_to(owner || ' ' || kind || ' ' || coalesce(string_agg(word, ' ' order by word collate "C"), lower(said)), 'UTF8'))
    end
  from memory_stems(said)
$$;

select set_config('app.system', 'on', true);
insert into memory_words (user_id, word, memory_id, in_key, in_value, words)
  select user_id, word, id, sum(in_key), sum(in_value),
         least(sum(sum(in_key) + sum(in_value)) over (partition by id), 30000)
  from (
    select m.user_id, m.id, s.word, s.times as in_key, 0 as in_value from memories m, memory_stems(m.key) s
    union all
    select m.user_id, m.id, s.word, 0, s.times from memories m, memory_stems(m.value) s
  ) as told
  where length(word) <= 200
  group by user_id, id, word;
select set_config('app.system', '', true);
create index memories_pinned on memories (user_id) where pinned;
