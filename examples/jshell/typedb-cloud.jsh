// A JShell prompt with a client:
//
//   jshell --class-path typedb-cloud-client-<version>-all.jar typedb-cloud.jsh
//
// Uses your account if these environment variables are set: TYPEDB_CLOUD_CLIENT_ID,
// TYPEDB_CLOUD_CLIENT_SECRET and a scope (TYPEDB_CLOUD_TEAM and TYPEDB_CLOUD_SPACE, or
// TYPEDB_CLOUD_ORGANIZATION and TYPEDB_CLOUD_PROJECT). Otherwise uses a simulator.

import io.github.typedbcloud.AsyncClustersApi
import io.github.typedbcloud.ClusterPlan
import io.github.typedbcloud.ClustersApi
import io.github.typedbcloud.RequestOptions
import io.github.typedbcloud.TypeDBCloudClient
import io.github.typedbcloud.WaitOptions
import io.github.typedbcloud.console.ConsoleProgress
import io.github.typedbcloud.ephemeral.EphemeralClusters
import io.github.typedbcloud.error.ApiException
import io.github.typedbcloud.error.InvalidRequestException
import io.github.typedbcloud.error.OutcomeUnknownException
import io.github.typedbcloud.error.TypeDBCloudException
import io.github.typedbcloud.error.WaitException
import io.github.typedbcloud.model.BackupConfiguration
import io.github.typedbcloud.model.BackupFrequency
import io.github.typedbcloud.model.Cluster
import io.github.typedbcloud.model.ClusterStatus
import io.github.typedbcloud.model.DeployClusterRequest
import io.github.typedbcloud.model.Provider
import io.github.typedbcloud.model.Scope
import io.github.typedbcloud.model.UpdateClusterRequest
import io.github.typedbcloud.simulator.Fault
import io.github.typedbcloud.simulator.Operation
import io.github.typedbcloud.simulator.TypeDBCloudSimulator
import io.github.typedbcloud.validation.Catalog
import io.github.typedbcloud.validation.MachineType
import io.github.typedbcloud.validation.Validation
import java.time.Duration
import java.time.Instant

// The prompt has no logging backend; suppresses the warning of SLF4J.
System.setProperty("slf4j.internal.verbosity", "ERROR")

boolean hasAccount = System.getenv().containsKey("TYPEDB_CLOUD_CLIENT_ID") && Scope.fromEnv().isPresent()
TypeDBCloudSimulator simulator = hasAccount ? null : TypeDBCloudSimulator.start()
TypeDBCloudClient cloud = hasAccount ? TypeDBCloudClient.fromEnv() : TypeDBCloudClient.builder().baseUrl(simulator.url()).credentials(simulator.clientId(), simulator.clientSecret()).build()
ClustersApi clusters = cloud.clusters(hasAccount ? Scope.fromEnv().get() : Scope.space("my-team", "default"))

/** Returns a request for a free cluster on Google Cloud; change it with toBuilder(). */
DeployClusterRequest free(String id) {
    return DeployClusterRequest.builder().id(id).provider(Provider.GCP).region("europe-west2").machineType("c2d-highcpu-2").version("3.0.6").free(true).build();
}

/** Prints a cluster, or a collection of clusters, as a table. */
void show(Object what) {
    List<Cluster> all = new ArrayList<>();
    Collection<?> parts = what instanceof Collection<?> many ? many : List.of(what);
    for (Object part : parts) {
        if (!(part instanceof Cluster)) throw new IllegalArgumentException("show needs a cluster or a collection of clusters, such as show(clusters.list()), not a " + part.getClass().getSimpleName());
        all.add((Cluster) part);
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"ID", "STATUS", "SERVERS", "VERSION", "PROVIDER", "REGION", "MACHINE", "STORAGE", "CREATED"});
    for (Cluster c : all) {
        rows.add(new String[] {c.id(), c.status().toString(), c.serversRunning() + "/" + c.serverCount(), c.version(), c.provider().toString(), c.region(), c.machineType(), c.storageSizeGB() + " GB", c.createdAt().toString()});
    }
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) for (int i = 0; i < row.length; i++) widths[i] = Math.max(widths[i], row[i].length());
    for (String[] row : rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) line.append(String.format("%-" + (widths[i] + 2) + "s", row[i]));
        System.out.println(line.toString().stripTrailing());
    }
    if (what instanceof Cluster one) one.servers().forEach(server -> System.out.println("  " + server));
}

/**
 * Shows progress until a cluster has the given status; by default, until its transition ends. This process has no
 * terminal, also where the prompt has one; set TERM=dumb when the prompt is in a pipe, for a line per poll.
 */
void watch(String id, ClusterStatus... target) {
    var progress = System.getenv().getOrDefault("TERM", "dumb").equals("dumb") ? ConsoleProgress.plain(System.out) : ConsoleProgress.live(System.out);
    var options = WaitOptions.builder().interval(Duration.ofSeconds(1), Duration.ofSeconds(15)).listener(progress).build();
    var status = target.length > 0 ? target[0] : clusters.get(id).status();
    if (target.length > 0) clusters.await(id, target[0], options);
    else if (status.equals(ClusterStatus.DESTROYING)) clusters.awaitDestroyed(id, options);
    else clusters.await(id, List.of(ClusterStatus.SUSPENDING, ClusterStatus.SUSPENDED).contains(status) ? ClusterStatus.SUSPENDED : ClusterStatus.RUNNING, options);
}

System.out.println((hasAccount ? "Account: " : "Simulator: ") + cloud.baseUrl() + ", " + clusters)
System.out.println("Try: clusters.deploy(free(\"my-cluster\")), watch(\"my-cluster\"), show(clusters.list())")
