/**
 * Requests, responses and the value types in them.
 *
 * <h2>Absent fields</h2>
 *
 * <p>Response getters never return null. A field that the service omitted, or sent as {@code null},
 * has the empty value of its type: {@code ""}, {@code 0}, {@code false}, an empty list, {@link
 * java.time.Instant#EPOCH}, and for the owner a project whose IDs are empty. Only {@code id} is
 * required. Fields that are unknown to this release are kept in {@code additionalProperties}. In a
 * request, a component marked {@code @Nullable} is not sent when it is null.
 *
 * <h2>JSON</h2>
 *
 * <p>Every type of the API (all but {@code WaitProgress} and {@code StatusChange}, which describe a
 * wait) can be read and written with any Jackson 2 or Jackson 3 mapper, without modules or
 * settings, under the names of the API. The mapper uses {@code fromMap} and {@code toMap}, which
 * work on plain values (maps, lists, strings, numbers and booleans), so they serve any other JSON
 * library as well.
 *
 * <p>All types are immutable and thread-safe. Value types such as {@code ClusterStatus} are
 * extensible: unknown values are preserved.
 */
@NullMarked
package io.github.typedbcloud.model;

import org.jspecify.annotations.NullMarked;
