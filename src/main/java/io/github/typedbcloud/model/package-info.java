/**
 * What is sent and what comes back: scopes, requests, answers, and value types that stay open to
 * what the service adds.
 *
 * <h2>The rule of absence</h2>
 *
 * <p>No accessor of an <em>answer</em> returns null. A field that the service left out, or sent as
 * {@code null}, reads as the empty value of its type: {@code ""}, {@code 0}, {@code false}, an
 * empty list, {@link java.time.Instant#EPOCH}, and for the owner a project whose IDs are empty.
 * Only {@code id} must be there. A field that this release does not know is kept under {@code
 * additionalProperties}. In a <em>request</em>, a part marked {@code @Nullable} is not sent when it
 * is null.
 *
 * <h2>JSON</h2>
 *
 * <p>Every type that the API knows (all but {@code WaitProgress} and {@code StatusChange}, which
 * tell of a wait) reads from and writes to the names of the API with any Jackson 2 or Jackson 3
 * mapper, without modules or settings, through {@code fromMap} and {@code toMap}. Those two work
 * on plain maps, lists, texts and numbers, so they serve any other JSON library as well.
 *
 * <p>All types are immutable and thread-safe.
 *
 * <p>May use: nothing of ours.
 */
@NullMarked
package io.github.typedbcloud.model;

import org.jspecify.annotations.NullMarked;
