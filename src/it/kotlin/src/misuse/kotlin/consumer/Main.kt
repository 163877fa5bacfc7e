package consumer

import io.github.typedbcloud.ClusterPlan

/** Does not compile: the cluster of a plan can be null. */
fun id(plan: ClusterPlan): String = plan.current().id()
