/** The first tables: bot state, directory, profile, conversations, turns, people, leases, phrases. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await upState(db);
  await upDirectory(db);
  await upProfile(db);
  await upConversations(db);
  await upTurns(db);
  await upPeople(db);
}

async function upState(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bot_state')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('etag', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('counters')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
}

async function upDirectory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('directory_batches')
    .addColumn('batch', 'bigint', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.unique())
    .addColumn('swept', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('directory_rows')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('row_key', 'text', (c) => c.notNull())
    .addColumn('batch', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text')
    // The key comes first: there are few sources and many keys. Without statistics, the planner must not read a whole
    // source for a few keys.
    .addPrimaryKeyConstraint('directory_rows_pk', ['row_key', 'source', 'batch'])
    .execute();
  await db.schema
    .createTable('directory_audit')
    .addColumn('batch', 'bigint', (c) => c.notNull())
    .addColumn('row_key', 'text', (c) => c.notNull())
    .addColumn('change', 'text', (c) => c.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addPrimaryKeyConstraint('directory_audit_pk', ['batch', 'row_key'])
    .execute();
}

async function upProfile(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('partner_profile')
    .addColumn('version', 'bigint', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('phrases')
    .addColumn('phrase', 'text', (c) => c.primaryKey())
    .addColumn('issue', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
}

async function upConversations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('audience', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addColumn('greeted', 'integer', (c) => c.notNull())
    .addColumn('positions', 'bigint', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('conversations_user').on('conversations').column('user_id').execute();
  await db.schema.createIndex('conversations_last').on('conversations').column('last_at').execute();
  await db.schema
    .createTable('conversation_activities')
    .addColumn('conversation_id', 'text', (c) =>
      c.notNull().references('conversations.id').onDelete('cascade'),
    )
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('activity_id', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('conversation_activities_pk', ['conversation_id', 'position'])
    .addUniqueConstraint('conversation_activities_id', ['conversation_id', 'activity_id'])
    .execute();
}

async function upTurns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('turn_claims')
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('activity_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('claimed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('turn_claims_pk', ['channel_id', 'conversation_id', 'activity_id'])
    .execute();
  await db.schema.createIndex('turn_claims_age').on('turn_claims').column('claimed_at').execute();
  await db.schema
    .createTable('turn_tickets')
    // Both engines generate the numbers in order; only PostgreSQL has rows in this table.
    .addColumn('id', 'bigserial', (c) => c.primaryKey())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('instance', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('turn_tickets_key').on('turn_tickets').columns(['key', 'id']).execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
}

async function upPeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conversation_references')
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('tenant_id', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('conversation_references_pk', ['channel_id', 'conversation_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('people')
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('people_pk', ['channel_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('unanswered')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('missing', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('unanswered_at').on('unanswered').column('at').execute();
}
