package consumer

import io.github.typedbcloud.ClusterPlan
import io.github.typedbcloud.TypeDBCloudClient
import io.github.typedbcloud.model.Cluster
import io.github.typedbcloud.model.DeployClusterRequest
import io.github.typedbcloud.model.Provider
import io.github.typedbcloud.model.Scope
import io.github.typedbcloud.simulator.TypeDBCloudSimulator
import io.github.typedbcloud.time.ManualTime

/** Fails unless a cluster can be deployed, and null values are those that the types say. */
fun main() {
  val time = ManualTime()
  TypeDBCloudSimulator.builder().time(time).start().use { simulator ->
    TypeDBCloudClient.builder()
        .baseUrl(simulator.url())
        .credentials(simulator.clientId(), simulator.clientSecret())
        .timeSource(time)
        .build()
        .use { cloud ->
          val clusters = cloud.clusters(Scope.space("my-team", "default"))
          val request =
              DeployClusterRequest.builder()
                  .id("a")
                  .provider(Provider.GCP)
                  .region("europe-west2")
                  .machineType("c2d-highcpu-4")
                  .version("3.0.6")
                  .build()
          val before: ClusterPlan = clusters.plan(request)
          check(before.current()?.id() == null) { "There is a cluster: ${before.current()}" }
          val cluster: Cluster = clusters.ensure(request)
          val current: Cluster = checkNotNull(clusters.plan(request).current())
          check(current == cluster) { "Not the cluster that was deployed: $current" }
          check(clusters.async().list().join().size == 1)
          clusters.destroyAndAwait("a")
          println("Kotlin ${KotlinVersion.CURRENT}: $cluster")
        }
  }
}
