// A prompt with a client ready. From a checkout:
//
//   mvn -q compile dependency:build-classpath
//   jshell --class-path "target/classes:$(cat target/classpath)" examples/jshell/typedb-cloud.jsh
//
// Uses your account when TYPEDB_CLOUD_CLIENT_ID, TYPEDB_CLOUD_CLIENT_SECRET, TYPEDB_CLOUD_TEAM and
// TYPEDB_CLOUD_SPACE are all set, else a simulator in the prompt's process.
import io.github.typedbcloud.*
import io.github.typedbcloud.error.*
import io.github.typedbcloud.model.*
import io.github.typedbcloud.simulator.*
import io.github.typedbcloud.validation.*
import java.time.*

// The prompt has no logger; SLF4J need not say so.
System.setProperty("slf4j.internal.verbosity", "ERROR")

boolean account = List.of("TYPEDB_CLOUD_CLIENT_ID", "TYPEDB_CLOUD_CLIENT_SECRET", "TYPEDB_CLOUD_TEAM", "TYPEDB_CLOUD_SPACE").stream().noneMatch(name -> System.getenv().getOrDefault(name, "").isEmpty())
TypeDBCloudSimulator simulator = account ? null : TypeDBCloudSimulator.start()
TypeDBCloudClient cloud = account ? TypeDBCloudClient.fromEnv() : TypeDBCloudClient.builder().baseUrl(simulator.url()).credentials(simulator.clientId(), simulator.clientSecret()).build()
ClustersApi clusters = cloud.clusters(Scope.space(System.getenv().getOrDefault("TYPEDB_CLOUD_TEAM", "my-team"), System.getenv().getOrDefault("TYPEDB_CLOUD_SPACE", "default")))

/** A free cluster on Google Cloud, as a start: free("a").toBuilder()… changes it. */
DeployClusterRequest free(String id) {
    return DeployClusterRequest.builder().id(id).provider(Provider.GCP).region("europe-west2").machineType("c2d-highcpu-2").version("latest").free(true).build();
}

/** Waits for a status and prints each poll. */
Cluster watch(String id, ClusterStatus status) {
    return clusters.await(id, status, WaitOptions.builder().listener(System.out::println).build());
}

System.out.println((account ? "Account: " : "Simulator: ") + cloud + ", " + clusters + ". Try: clusters.deploy(free(\"my-cluster\"))")
