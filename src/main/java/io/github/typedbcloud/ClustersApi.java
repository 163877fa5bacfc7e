package io.github.typedbcloud;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.RateLimitException;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.error.WaitException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.time.TimeSource;
import io.github.typedbcloud.validation.Violation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The clusters of one project or space. {@link TypeDBCloudClient#clusters} returns it; it is cheap,
 * stateless and thread-safe.
 *
 * <p>Paths below are relative to the scope: {@code /api/org/{organization}/projects/{project}} for
 * a {@link Scope#project}, {@code /api/v1/team/{team}/spaces/{space}} for a {@link Scope#space}.
 *
 * <p><b>Exceptions.</b> Every method that calls the service can throw, in addition to those that it
 * names:
 *
 * <ul>
 *   <li>{@link InvalidRequestException}: the request or an ID is invalid; nothing was sent
 *   <li>{@link UnauthorizedException}: the service rejected the credentials, or an access token
 *       that was renewed a moment ago
 *   <li>{@link ForbiddenException}: the API token lacks the access level
 *   <li>{@link NotFoundException}: the cluster, or its project or space, does not exist
 *   <li>{@link RateLimitException}: 429; {@link ServerErrorException}: 5xx to a read or to the
 *       token exchange
 *   <li>{@link ApiException}: 400 or an undocumented status
 *   <li>{@link TransportException}: the last attempt got no response, and nothing was changed: it
 *       was a read, or was not sent
 *   <li>{@link OutcomeUnknownException}: the response to a write was lost or inconclusive, and
 *       reading the cluster back did not show its outcome in time
 *   <li>{@link UnreadableResponseException}: a success of a read whose body cannot be decoded
 *   <li>{@link IllegalStateException}: the client is closed
 * </ul>
 *
 * <p><b>Retries.</b> A read is retried, within its deadline and number of attempts, until it
 * succeeds or the service rejects it. A write whose response is lost or inconclusive is verified by
 * reading the cluster back, until the reads are decisive or {@link
 * RequestOptions.Builder#verificationWindow} ends, and is retried only where that can do no harm.
 *
 * <p><b>Operations that wait.</b> When the wait of a method such as {@link
 * #deployAndAwait(DeployClusterRequest)} fails, the operation itself was accepted: wait again with
 * {@link #await(String, ClusterStatus)} instead of calling the method again.
 *
 * <p>Source of all paths, rules and access levels: the TypeDB Cloud API reference at
 * typedb.com/docs, which has a section for each operation.
 */
public interface ClustersApi {

  /**
   * The same clusters with other options: a deadline, a number of attempts, additional headers.
   * Nothing is sent. Options that are not set stay as they are.
   *
   * @param options for every call made through the result
   */
  ClustersApi with(RequestOptions options);

  /** The same operations and waits, with the same options, asynchronously. Nothing is sent. */
  AsyncClustersApi async();

  /**
   * Deploys a cluster: {@code POST /clusters/deploy}, access level write.
   *
   * <p>Returns when the service accepted the request; the cluster is then {@code starting}. {@link
   * #await(String, ClusterStatus) Await} it. Its user {@code admin} has the password {@code
   * password} until you change it. Not safe to retry before you know the outcome.
   *
   * @param request what to deploy; the rules of {@link #validate(DeployClusterRequest)} run first
   * @return the new cluster
   * @throws InvalidRequestException with all violations, when the request breaks the rules
   * @throws ConflictException when the ID is in use
   * @throws TypeDBCloudException as listed above
   */
  Cluster deploy(DeployClusterRequest request);

  /**
   * Reads a cluster: {@code GET /clusters/{id}}, access level read.
   *
   * @param id the cluster's ID
   * @return the cluster
   * @throws NotFoundException when it does not exist
   * @throws TypeDBCloudException as listed above
   */
  Cluster get(String id);

  /**
   * Reads a cluster that may not exist: {@code GET /clusters/{id}}, access level read.
   *
   * @param id the cluster's ID
   * @return the cluster; empty when the service says that it does not exist. In a project or space
   *     that has never responded with success, the clusters are listed once to check that it exists
   * @throws NotFoundException when the project or space does not exist
   * @throws TypeDBCloudException as listed above
   */
  Optional<Cluster> find(String id);

  /**
   * Reads all clusters: {@code GET /clusters}, access level read. The service has no paging.
   *
   * @return the clusters in the order of the service; the list is unmodifiable
   * @throws TypeDBCloudException as listed above
   */
  List<Cluster> list();

  /**
   * Changes a cluster: {@code PATCH /clusters/{id}}, access level write. Space scopes only.
   *
   * <p>Changing the ID renames the cluster: from then on only the new ID is known. The cluster is
   * read first then, so that it can be identified by its {@code createdAt}. Safe to retry except
   * for a rename, after which the service responds with 404 to the old ID.
   *
   * @param id the cluster's ID
   * @param request what to change; the rules of {@link #validate(UpdateClusterRequest)} run first
   * @return the cluster after the change
   * @throws InvalidRequestException with all violations, when the request breaks the rules; or when
   *     this is a project scope
   * @throws TypeDBCloudException as listed above
   */
  Cluster update(String id, UpdateClusterRequest request);

  /**
   * Suspends a cluster: {@code POST /clusters/{id}/suspend}, access level write. Its data is kept
   * and its servers are removed. Not safe to retry when somebody may have resumed it.
   *
   * @param id the cluster's ID
   * @return the cluster, {@code suspending}
   * @throws TypeDBCloudException as listed above
   */
  Cluster suspend(String id);

  /**
   * Resumes a suspended cluster: {@code POST /clusters/{id}/resume}, access level write. Not safe
   * to retry when somebody may have suspended it.
   *
   * @param id the cluster's ID
   * @return the cluster, {@code resuming}
   * @throws TypeDBCloudException as listed above
   */
  Cluster resume(String id);

  /**
   * Clones a cluster: {@code POST /clusters/{id}/clone}, access level write. Space scopes only. Not
   * safe to retry before you know the outcome.
   *
   * @param id the cluster to clone
   * @param newId the ID of the clone
   * @return the new cluster, {@code starting}
   * @throws InvalidRequestException when the new ID breaks the rules, or this is a project scope
   * @throws ConflictException when the new ID is in use
   * @throws TypeDBCloudException as listed above
   */
  Cluster clone(String id, String newId);

  /**
   * Destroys a cluster and its data permanently: {@code DELETE /clusters/{id}}, access level admin.
   * Not safe to retry when somebody may have deployed another cluster with the same ID.
   *
   * @param id the cluster's ID
   * @return the cluster, {@code destroying}
   * @throws TypeDBCloudException as listed above
   */
  Cluster destroy(String id);

  /**
   * Reads the versions of TypeDB that can be deployed: {@code GET /api/v1/cluster-versions}, any
   * access level. Space scopes only.
   *
   * @return the versions in the order of the service; the list is unmodifiable
   * @throws InvalidRequestException when this is a project scope
   * @throws TypeDBCloudException as listed above
   */
  List<String> versions();

  /**
   * Waits with {@link WaitOptions#defaults()} until a cluster has a status.
   *
   * @param id the cluster's ID
   * @param status the awaited status
   * @return the cluster with that status
   * @throws WaitException as {@link #await(String, ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default Cluster await(String id, ClusterStatus status) {
    return await(id, status, WaitOptions.defaults());
  }

  /**
   * Waits until a cluster has a status, by polling it; access level read.
   *
   * <p>A poll without a response, with an unreadable one, with 408, 425, 429 or 5xx, or with a 404
   * that is not the service's is ignored. A status that ends between two polls is not seen, so wait
   * for statuses that last. The wait fails at once when the status cannot be reached: the cluster
   * does not exist or is {@code destroying}, or it is {@code suspended} when {@code running} is
   * awaited, or the other way round; or when it has one of {@link
   * WaitOptions.Builder#failureStatuses}. For a while after a write of this client, {@link
   * RequestOptions.Builder#verificationWindow}, polls may show the state before that write, which
   * does not end the wait.
   *
   * <p>All waits of a client in one scope share their polls, so the number of requests does not
   * grow with that of waits: they read the list of clusters ({@code GET /clusters}) when they await
   * more than one cluster, and the cluster otherwise. A cluster that was seen before and is missing
   * is read once more, directly. A shared poll has the headers and the deadline of the calls of one
   * of its waits, that with the longest deadline. A poll that started before a wait does not end
   * it.
   *
   * @param id the cluster's ID
   * @param status the awaited status
   * @param options the timeout and the intervals
   * @return the cluster with that status
   * @throws WaitException when the timeout elapsed, the status cannot be reached, or the thread is
   *     interrupted; with the cluster as last seen and the history of its statuses
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  Cluster await(String id, ClusterStatus status, WaitOptions options);

  /**
   * Waits with {@link WaitOptions#defaults()} until clusters have a status.
   *
   * @param ids the IDs of the clusters
   * @param status the awaited status
   * @return the clusters with that status, in the order of the IDs
   * @throws WaitException as {@link #awaitAll(Collection, ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status) {
    return awaitAll(ids, status, WaitOptions.defaults());
  }

  /**
   * Waits until clusters have a status, all within the same time; as {@link #await(String,
   * ClusterStatus, WaitOptions)} does for one. The listener is notified of each cluster at each
   * poll.
   *
   * @param ids the IDs of the clusters, which may repeat; without any, nothing is sent
   * @param status the awaited status
   * @param options the timeout and the intervals
   * @return the clusters with that status, in the order of the IDs; the list is unmodifiable
   * @throws WaitException as for one cluster, as soon as one cannot reach the status: the other
   *     waits end too, and {@link WaitException#pending()} has all that were pending
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status, WaitOptions options);

  /**
   * Waits with {@link WaitOptions#defaults()} until a cluster is destroyed.
   *
   * @param id the cluster's ID
   * @throws WaitException as {@link #awaitDestroyed(String, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default void awaitDestroyed(String id) {
    awaitDestroyed(id, WaitOptions.defaults());
  }

  /**
   * Waits until the service responds with 404 to a cluster, or another cluster has its ID, which
   * was created later; access level read. It does not destroy the cluster: that is {@link
   * #destroy}. Polls are shared as in {@link #await(String, ClusterStatus, WaitOptions)}.
   *
   * @param id the cluster's ID
   * @param options the timeout and the intervals
   * @throws WaitException when the timeout elapsed or the thread is interrupted
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  void awaitDestroyed(String id, WaitOptions options);

  /**
   * Waits with {@link WaitOptions#defaults()} until clusters are destroyed.
   *
   * @param ids the IDs of the clusters
   * @throws WaitException as {@link #awaitAllDestroyed(Collection, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default void awaitAllDestroyed(Collection<String> ids) {
    awaitAllDestroyed(ids, WaitOptions.defaults());
  }

  /**
   * Waits until clusters are destroyed, all within the same time; as {@link #awaitDestroyed(String,
   * WaitOptions)} does for one.
   *
   * @param ids the IDs of the clusters, which may repeat; without any, nothing is sent
   * @param options the timeout and the intervals
   * @throws WaitException when the timeout elapsed or the thread is interrupted; {@link
   *     WaitException#pending()} has all that still existed
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  void awaitAllDestroyed(Collection<String> ids, WaitOptions options);

  /**
   * Deploys a cluster, and waits with {@link WaitOptions#defaults()} until it is running.
   *
   * @param request what to deploy
   * @return the cluster, running
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #deploy}, and as listed above
   */
  default Cluster deployAndAwait(DeployClusterRequest request) {
    return deployAndAwait(request, WaitOptions.defaults());
  }

  /**
   * Deploys a cluster, and waits until it is running.
   *
   * @param request what to deploy
   * @param options the timeout and the intervals
   * @return the cluster, running
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #deploy}, and as listed above
   */
  default Cluster deployAndAwait(DeployClusterRequest request, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return await(deploy(request).id(), ClusterStatus.RUNNING, options);
  }

  /**
   * Suspends a cluster, and waits with {@link WaitOptions#defaults()} until it is suspended.
   *
   * @param id the cluster's ID
   * @return the cluster, suspended
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #suspend}, and as listed above
   */
  default Cluster suspendAndAwait(String id) {
    return suspendAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Suspends a cluster, and waits until it is suspended.
   *
   * @param id the cluster's ID
   * @param options the timeout and the intervals
   * @return the cluster, suspended
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #suspend}, and as listed above
   */
  default Cluster suspendAndAwait(String id, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return await(suspend(id).id(), ClusterStatus.SUSPENDED, options);
  }

  /**
   * Resumes a suspended cluster, and waits with {@link WaitOptions#defaults()} until it is running.
   *
   * @param id the cluster's ID
   * @return the cluster, running
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #resume}, and as listed above
   */
  default Cluster resumeAndAwait(String id) {
    return resumeAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Resumes a suspended cluster, and waits until it is running.
   *
   * @param id the cluster's ID
   * @param options the timeout and the intervals
   * @return the cluster, running
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #resume}, and as listed above
   */
  default Cluster resumeAndAwait(String id, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return await(resume(id).id(), ClusterStatus.RUNNING, options);
  }

  /**
   * Clones a cluster, and waits with {@link WaitOptions#defaults()} until the clone is running.
   *
   * @param id the cluster to clone
   * @param newId the ID of the clone
   * @return the cluster, running
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #clone(String, String)}, and as listed above
   */
  default Cluster cloneAndAwait(String id, String newId) {
    return cloneAndAwait(id, newId, WaitOptions.defaults());
  }

  /**
   * Clones a cluster, and waits until the clone is running.
   *
   * @param id the cluster to clone
   * @param newId the ID of the clone
   * @param options the timeout and the intervals
   * @return the cluster, running
   * @throws WaitException when it does not reach the status, as {@link #await(String,
   *     ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as {@link #clone(String, String)}, and as listed above
   */
  default Cluster cloneAndAwait(String id, String newId, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    return await(clone(id, newId).id(), ClusterStatus.RUNNING, options);
  }

  /**
   * Destroys a cluster and its data permanently, and waits with {@link WaitOptions#defaults()}
   * until it is destroyed.
   *
   * @param id the cluster's ID
   * @throws WaitException when it does not reach the status, as {@link #awaitDestroyed(String,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #destroy}, and as listed above
   */
  default void destroyAndAwait(String id) {
    destroyAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Destroys a cluster and its data permanently, and waits until it is destroyed.
   *
   * @param id the cluster's ID
   * @param options the timeout and the intervals
   * @throws WaitException when it does not reach the status, as {@link #awaitDestroyed(String,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #destroy}, and as listed above
   */
  default void destroyAndAwait(String id, WaitOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    awaitDestroyed(destroy(id).id(), options);
  }

  /**
   * Plans what {@link #ensure} would do, by reading the cluster; access level read.
   *
   * @param request the cluster that should exist
   * @return the steps, and the differences that no step can change
   * @throws InvalidRequestException when the request breaks the rules; nothing was sent
   * @throws TypeDBCloudException as listed above
   */
  ClusterPlan plan(DeployClusterRequest request);

  /**
   * Ensures with {@link WaitOptions#defaults()} that a cluster exists and runs as requested, as
   * {@link #ensure(DeployClusterRequest, WaitOptions)}.
   *
   * @param request the cluster that should exist
   * @return the cluster, running
   * @throws InvalidRequestException as {@link #ensure(DeployClusterRequest, WaitOptions)}
   * @throws WaitException when a wait fails
   * @throws TypeDBCloudException as listed above
   */
  default Cluster ensure(DeployClusterRequest request) {
    return ensure(request, WaitOptions.defaults());
  }

  /**
   * Ensures that a cluster exists and runs as requested: deploys it when it does not exist, resumes
   * it when it is suspended, updates what can be updated (in spaces: {@code storageSizeGB}, {@code
   * machineType} and {@code version}), and waits until it is running. When it already exists and
   * runs as requested, this sends only one read, so it is safe to retry.
   *
   * <p>Any number of processes may ensure the same cluster at the same time: when a step fails with
   * a conflict, is rejected, or waits for a status that the cluster cannot reach any more, the plan
   * is made again from a fresh read. It never makes storage smaller and never replaces a version by
   * one that is not newer; {@link ClusterPlan#kept} names what it leaves.
   *
   * <p>Every version fulfils {@code latest}. The backup configuration and the storage type are used
   * to deploy the cluster and are not compared, because a response does not show them as requested.
   *
   * @param request the cluster that should exist
   * @param options its timeout is that of all steps together
   * @return the cluster, running
   * @throws InvalidRequestException when the request breaks the rules, or the cluster differs in a
   *     field that cannot be changed; nothing was changed
   * @throws WaitException when a wait fails
   * @throws TypeDBCloudException as listed above
   */
  default Cluster ensure(DeployClusterRequest request, WaitOptions options) {
    return new EnsureLoop(
            request,
            options,
            RequestOptions.DEFAULT_VERIFICATION_WINDOW,
            TimeSource.system(),
            message -> message)
        .run(this);
  }

  /**
   * Validates a request as {@link #deploy} does, with the client's {@code Validation}; nothing is
   * sent.
   *
   * @param request the request
   * @return all violations, unmodifiable, with a line for each in its string form; empty when the
   *     request is valid
   */
  List<Violation> validate(DeployClusterRequest request);

  /**
   * Validates a request as {@link #update} does, with the client's {@code Validation}; nothing is
   * sent.
   *
   * @param request the request
   * @return all violations, unmodifiable, with a line for each in its string form; empty when the
   *     request is valid
   */
  List<Violation> validate(UpdateClusterRequest request);
}
