package dev.carillon.stream;

import dev.carillon.channel.Publication;

/** What a stream made of a publication; a duplicate was stored before, under the same key. */
public record StoredPublication(Publication publication, IdempotencyKey key, boolean duplicate) {}
