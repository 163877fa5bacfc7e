package io.github.typedbcloud.simulator;

/** The validated settings of a deploy request. */
record ClusterSettings(
    String id,
    int serverCount,
    int storageSizeGB,
    boolean isFree,
    String version,
    String provider,
    String region,
    String machineType,
    String storageType) {

  ClusterSettings withFree(boolean newFree) {
    return new ClusterSettings(
        id,
        serverCount,
        storageSizeGB,
        newFree,
        version,
        provider,
        region,
        machineType,
        storageType);
  }

  ClusterSettings withId(String newId) {
    return new ClusterSettings(
        newId,
        serverCount,
        storageSizeGB,
        isFree,
        version,
        provider,
        region,
        machineType,
        storageType);
  }
}
