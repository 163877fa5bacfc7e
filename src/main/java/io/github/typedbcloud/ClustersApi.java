package io.github.typedbcloud;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
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
import io.github.typedbcloud.validation.Violation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The clusters of one project or space. Get one from {@link TypeDBCloudClient#clusters}; it is
 * cheap, holds no state of its own, and is thread-safe.
 *
 * <p>Paths below are relative to the scope: {@code /api/org/{organization}/projects/{project}} for
 * a {@link Scope#project}, {@code /api/v1/team/{team}/spaces/{space}} for a {@link Scope#space}.
 *
 * <p>Every method that calls the service can throw, beside what it names itself:
 *
 * <ul>
 *   <li>{@link InvalidRequestException}: nothing was sent, the request or an ID is not acceptable
 *   <li>{@link UnauthorizedException}: the credentials, or a token renewed a moment ago, are
 *       refused
 *   <li>{@link ForbiddenException}: the API token lacks the access level
 *   <li>{@link NotFoundException}: the cluster, or its project or space, does not exist
 *   <li>{@link ApiException}: 400, 500 or an undocumented status
 *   <li>{@link TransportException}: no answer to any attempt, and nothing was changed
 *   <li>{@link OutcomeUnknownException}: the answer to a write was lost, and reading did not tell
 *       what became of it
 *   <li>{@link UnreadableResponseException}: success with a body that cannot be read
 *   <li>{@link IllegalStateException}: the client is closed
 * </ul>
 *
 * <p>Source: the TypeDB Cloud API reference at typedb.com/docs, which has a section for each
 * operation.
 *
 * <p>A read is attempted again, within its deadline and number of attempts, until it succeeds or is
 * refused. A write whose answer is lost, or does not tell whether it was done, is looked after by
 * reading: what was done is the result, and what was not done is attempted again. Nothing is done
 * twice.
 */
public interface ClustersApi {

  /**
   * The same clusters, called with options: a deadline, a number of attempts, extra headers.
   * Nothing is sent. Options that are not set stay as they are here.
   *
   * @param options for every call made through the result
   */
  ClustersApi with(RequestOptions options);

  /** The same operations and waits, with the same options, as futures. Nothing is sent. */
  AsyncClustersApi async();

  /**
   * Deploys a cluster: {@code POST /clusters/deploy}, access level write.
   *
   * <p>Answers when the service has accepted the request; the cluster is then {@code starting}.
   * {@link #await(String, ClusterStatus) Await} it. Its user {@code admin} has the password {@code
   * password} until you change it. Not safe to repeat before you know the outcome.
   *
   * @param request what to deploy; the rules of {@link #validate(DeployClusterRequest)} run first
   * @return the new cluster
   * @throws InvalidRequestException with all violations, when the rules refuse it
   * @throws ConflictException when the ID is in use
   * @throws TypeDBCloudException as listed above
   */
  Cluster deploy(DeployClusterRequest request);

  /**
   * Reads a cluster: {@code GET /clusters/{id}}, access level read.
   *
   * @param id the cluster's ID
   * @return the cluster as it is now
   * @throws NotFoundException when there is none of this ID
   * @throws TypeDBCloudException as listed above
   */
  Cluster get(String id);

  /**
   * Reads a cluster that may not be there: {@code GET /clusters/{id}}, access level read.
   *
   * @param id the cluster's ID
   * @return the cluster as it is now; empty on 404, which the service also answers when the project
   *     or space does not exist
   * @throws TypeDBCloudException as listed above
   */
  Optional<Cluster> find(String id);

  /**
   * Reads all clusters: {@code GET /clusters}, access level read. The service has no paging.
   *
   * @return the clusters in the order of the service; the list cannot be changed
   * @throws TypeDBCloudException as listed above
   */
  List<Cluster> list();

  /**
   * Changes a cluster: {@code PATCH /clusters/{id}}, access level write. Space scopes only.
   *
   * <p>Changing the ID renames the cluster: from then on only the new ID is known. Safe to repeat
   * but for a rename, after which the old ID is answered with 404.
   *
   * @param id the cluster's ID
   * @param request what to change; the rules of {@link #validate(UpdateClusterRequest)} run first
   * @return the cluster after the change
   * @throws InvalidRequestException with all violations, when the rules refuse it; or when this is
   *     a project scope
   * @throws TypeDBCloudException as listed above
   */
  Cluster update(String id, UpdateClusterRequest request);

  /**
   * Suspends a cluster: {@code POST /clusters/{id}/suspend}, access level write. Its data is kept
   * and its servers are taken away. Not safe to repeat once somebody may have resumed it.
   *
   * @param id the cluster's ID
   * @return the cluster, {@code suspending}
   * @throws TypeDBCloudException as listed above
   */
  Cluster suspend(String id);

  /**
   * Resumes a suspended cluster: {@code POST /clusters/{id}/resume}, access level write. Not safe
   * to repeat once somebody may have suspended it.
   *
   * @param id the cluster's ID
   * @return the cluster, {@code resuming}
   * @throws TypeDBCloudException as listed above
   */
  Cluster resume(String id);

  /**
   * Clones a cluster: {@code POST /clusters/{id}/clone}, access level write. Space scopes only. Not
   * safe to repeat before you know the outcome.
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
   * Destroys a cluster and its data for good: {@code DELETE /clusters/{id}}, access level admin.
   * Not safe to repeat once somebody may have deployed another of the same ID.
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
   * @return the versions in the order of the service; the list cannot be changed
   * @throws InvalidRequestException when this is a project scope
   * @throws TypeDBCloudException as listed above
   */
  List<String> versions();

  /**
   * Waits with {@link WaitOptions#defaults()} until a cluster has a status.
   *
   * @param id the cluster's ID
   * @param status where it should get to
   * @return the cluster with that status
   * @throws WaitException as {@link #await(String, ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default Cluster await(String id, ClusterStatus status) {
    return await(id, status, WaitOptions.defaults());
  }

  /**
   * Waits until a cluster has a status, by reading it again and again; access level read.
   *
   * <p>A poll that gets no answer, one that cannot be read, or 408, 425, 429 or 5xx, is passed
   * over. A status that passes between two polls is not seen, so wait for those that last. The wait
   * ends at once when the goal is out of reach: the cluster is gone or {@code destroying}, or it
   * rests in {@code suspended} when {@code running} is awaited, or the other way round.
   *
   * <p>All waits of a client in one scope share their polls, so that a thousand cost the service
   * what one costs: they read the list of clusters ({@code GET /clusters}) when they are for more
   * than one cluster, and else the cluster. A wait never ends by a poll that began before it.
   *
   * @param id the cluster's ID
   * @param status where it should get to
   * @param options how long and how often
   * @return the cluster with that status
   * @throws WaitException when time is up, the goal is out of reach or the thread is interrupted,
   *     with the cluster as last seen and the history of its statuses
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  Cluster await(String id, ClusterStatus status, WaitOptions options);

  /**
   * Waits with {@link WaitOptions#defaults()} until clusters have a status.
   *
   * @param ids the IDs of the clusters
   * @param status where they should get to
   * @return the clusters with that status, in the order of the IDs
   * @throws WaitException as {@link #awaitAll(Collection, ClusterStatus, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status) {
    return awaitAll(ids, status, WaitOptions.defaults());
  }

  /**
   * Waits until clusters have a status, all within the same time; as {@link #await(String,
   * ClusterStatus, WaitOptions)} does for one. The listener is told of each cluster at each poll.
   *
   * @param ids the IDs of the clusters, of which one may come more than once; when there are none
   *     nothing is sent
   * @param status where they should get to
   * @param options how long and how often
   * @return the clusters as they got there, in the order of the IDs; the list cannot be changed
   * @throws WaitException as for one cluster, as soon as one cannot get there: the others are let
   *     go, and {@link WaitException#pending()} has all that had not got there
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  List<Cluster> awaitAll(Collection<String> ids, ClusterStatus status, WaitOptions options);

  /**
   * Waits with {@link WaitOptions#defaults()} until a cluster is gone.
   *
   * @param id the cluster's ID
   * @throws WaitException as {@link #awaitDestroyed(String, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default void awaitDestroyed(String id) {
    awaitDestroyed(id, WaitOptions.defaults());
  }

  /**
   * Waits until the service knows no such cluster; access level read. It does not ask for the
   * destruction: that is {@link #destroy}. Polls are shared as in {@link #await(String,
   * ClusterStatus, WaitOptions)}.
   *
   * @param id the cluster's ID
   * @param options how long and how often
   * @throws WaitException when time is up or the thread is interrupted
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  void awaitDestroyed(String id, WaitOptions options);

  /**
   * Waits with {@link WaitOptions#defaults()} until clusters are gone.
   *
   * @param ids the IDs of the clusters
   * @throws WaitException as {@link #awaitAllDestroyed(Collection, WaitOptions)}
   * @throws TypeDBCloudException as listed above
   */
  default void awaitAllDestroyed(Collection<String> ids) {
    awaitAllDestroyed(ids, WaitOptions.defaults());
  }

  /**
   * Waits until the service knows none of these clusters, all within the same time; as {@link
   * #awaitDestroyed(String, WaitOptions)} does for one.
   *
   * @param ids the IDs of the clusters, of which one may come more than once; when there are none
   *     nothing is sent
   * @param options how long and how often
   * @throws WaitException when time is up or the thread is interrupted; {@link
   *     WaitException#pending()} has all that were not gone
   * @throws TypeDBCloudException as listed above
   * @throws IllegalStateException when the client is closed before or during the wait
   */
  void awaitAllDestroyed(Collection<String> ids, WaitOptions options);

  /**
   * Deploys a cluster, and waits with {@link WaitOptions#defaults()} until it is running.
   *
   * <p>When the wait fails, the deployment has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param request what to deploy
   * @return the cluster, running
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #deploy}, and as listed above
   */
  default Cluster deployAndAwait(DeployClusterRequest request) {
    return deployAndAwait(request, WaitOptions.defaults());
  }

  /**
   * Deploys a cluster, and waits until it is running.
   *
   * <p>When the wait fails, the deployment has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param request what to deploy
   * @param options how long and how often
   * @return the cluster, running
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #deploy}, and as listed above
   */
  default Cluster deployAndAwait(DeployClusterRequest request, WaitOptions options) {
    return await(deploy(request).id(), ClusterStatus.RUNNING, options);
  }

  /**
   * Suspends a cluster, and waits with {@link WaitOptions#defaults()} until it is suspended.
   *
   * <p>When the wait fails, the suspension has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param id the cluster's ID
   * @return the cluster, suspended
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #suspend}, and as listed above
   */
  default Cluster suspendAndAwait(String id) {
    return suspendAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Suspends a cluster, and waits until it is suspended.
   *
   * <p>When the wait fails, the suspension has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param id the cluster's ID
   * @param options how long and how often
   * @return the cluster, suspended
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #suspend}, and as listed above
   */
  default Cluster suspendAndAwait(String id, WaitOptions options) {
    return await(suspend(id).id(), ClusterStatus.SUSPENDED, options);
  }

  /**
   * Resumes a suspended cluster, and waits with {@link WaitOptions#defaults()} until it is running.
   *
   * <p>When the wait fails, the resumption has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param id the cluster's ID
   * @return the cluster, running
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #resume}, and as listed above
   */
  default Cluster resumeAndAwait(String id) {
    return resumeAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Resumes a suspended cluster, and waits until it is running.
   *
   * <p>When the wait fails, the resumption has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param id the cluster's ID
   * @param options how long and how often
   * @return the cluster, running
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #resume}, and as listed above
   */
  default Cluster resumeAndAwait(String id, WaitOptions options) {
    return await(resume(id).id(), ClusterStatus.RUNNING, options);
  }

  /**
   * Clones a cluster, and waits with {@link WaitOptions#defaults()} until the clone is running.
   *
   * <p>When the wait fails, the clone has been asked for all the same: wait again rather than call
   * this again.
   *
   * @param id the cluster to clone
   * @param newId the ID of the clone
   * @return the cluster, running
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #clone(String, String)}, and as listed above
   */
  default Cluster cloneAndAwait(String id, String newId) {
    return cloneAndAwait(id, newId, WaitOptions.defaults());
  }

  /**
   * Clones a cluster, and waits until the clone is running.
   *
   * <p>When the wait fails, the clone has been asked for all the same: wait again rather than call
   * this again.
   *
   * @param id the cluster to clone
   * @param newId the ID of the clone
   * @param options how long and how often
   * @return the cluster, running
   * @throws WaitException when it does not get there, as {@link #await(String, ClusterStatus,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #clone(String, String)}, and as listed above
   */
  default Cluster cloneAndAwait(String id, String newId, WaitOptions options) {
    return await(clone(id, newId).id(), ClusterStatus.RUNNING, options);
  }

  /**
   * Destroys a cluster and its data for good, and waits with {@link WaitOptions#defaults()} until
   * it is gone.
   *
   * <p>When the wait fails, the destruction has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param id the cluster's ID
   * @throws WaitException when it does not get there, as {@link #awaitDestroyed(String,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #destroy}, and as listed above
   */
  default void destroyAndAwait(String id) {
    destroyAndAwait(id, WaitOptions.defaults());
  }

  /**
   * Destroys a cluster and its data for good, and waits until it is gone.
   *
   * <p>When the wait fails, the destruction has been asked for all the same: wait again rather than
   * call this again.
   *
   * @param id the cluster's ID
   * @param options how long and how often
   * @throws WaitException when it does not get there, as {@link #awaitDestroyed(String,
   *     WaitOptions)}
   * @throws TypeDBCloudException as {@link #destroy}, and as listed above
   */
  default void destroyAndAwait(String id, WaitOptions options) {
    awaitDestroyed(destroy(id).id(), options);
  }

  /**
   * Finds out what {@link #ensure} would do, without doing it: reads the cluster; access level
   * read.
   *
   * @param request what should be there
   * @return the steps, and what stands in the way
   * @throws InvalidRequestException when the request breaks the rules; nothing was sent
   * @throws TypeDBCloudException as listed above
   */
  ClusterPlan plan(DeployClusterRequest request);

  /**
   * Has a cluster exist and run as asked, with {@link WaitOptions#defaults()}, as {@link
   * #ensure(DeployClusterRequest, WaitOptions)}.
   *
   * @param request what should be there
   * @return the cluster, running
   * @throws InvalidRequestException as {@link #ensure(DeployClusterRequest, WaitOptions)}
   * @throws WaitException when it does not get there
   * @throws TypeDBCloudException as listed above
   */
  default Cluster ensure(DeployClusterRequest request) {
    return ensure(request, WaitOptions.defaults());
  }

  /**
   * Has a cluster exist and run as asked: deploys it if there is none, resumes it if it is
   * suspended, updates what can be updated (in spaces: {@code storageSizeGB}, {@code machineType}
   * and {@code version}), and waits until it is running. When it exists and runs as asked already,
   * this sends nothing but one read, so it is safe to repeat; it is also safe when others do the
   * same at once.
   *
   * <p>The version {@code latest} is fulfilled by any. The backup configuration and the storage
   * type are used to deploy and not compared later, because the service does not tell them as they
   * were asked for.
   *
   * @param request what should be there
   * @param options for each of the waits
   * @return the cluster, running
   * @throws InvalidRequestException when the request breaks the rules, or the cluster differs in
   *     what cannot be changed; nothing was changed
   * @throws WaitException when it does not get there
   * @throws TypeDBCloudException as listed above
   */
  default Cluster ensure(DeployClusterRequest request, WaitOptions options) {
    ClusterPlan plan = plan(request);
    try {
      return plan.carryOut(this, options);
    } catch (ConflictException e) {
      if (!plan.deploys()) {
        throw e;
      }
      // Somebody else deployed it meanwhile: what there is now may do.
      return plan(request).carryOut(this, options);
    }
  }

  /**
   * Runs the rules of {@link #deploy} alone, as the client's validation is set; nothing is sent.
   *
   * @param request what would be deployed
   * @return all violations; empty when the rules accept it
   */
  List<Violation> validate(DeployClusterRequest request);

  /**
   * Runs the rules of {@link #update} alone, as the client's validation is set; nothing is sent.
   *
   * @param request what would be changed
   * @return all violations; empty when the rules accept it
   */
  List<Violation> validate(UpdateClusterRequest request);
}
