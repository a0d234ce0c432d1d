package io.squadron.driver.spark;

import io.squadron.failure.Failure;
import io.squadron.replica.TrainingJob;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Where the ranks of a run can compute: on a cluster a task takes as many cores as its replica computes with, so that an
 * executor of that many cores seats one replica.
 */
final class Seats {
    private final JavaSparkContext spark;
    private final int cores;
    private final ResourceProfile profile;
    private final boolean local;

    /** Fails where a run of {@code job} can never have its replicas. */
    Seats(JavaSparkContext spark, TrainingJob job) {
        this.spark = spark;
        this.cores = job.placement().compute().threads();
        this.local = Slots.local(spark.master());
        if (local) {
            Slots.require(spark, job.sync().replicas());
            this.profile = spark.sc().resourceProfileManager().defaultResourceProfile();
            return;
        }
        if (spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
            throw Failure.usage(
                    "Cannot train with spark.dynamicAllocation.enabled=true: all replicas of a round run at once, and "
                            + "Spark runs no such stage on executors that come and go by demand (expected false). Ask for a "
                            + "fixed number: --conf spark.dynamicAllocation.enabled=false --num-executors %d",
                    job.sync().replicas());
        }
        this.profile = new ResourceProfileBuilder()
                .require(new TaskResourceRequests().cpus(cores))
                .build();
        spark.sc().resourceProfileManager().addResourceProfile(profile);
    }

    /** How many ranks could compute at once now. */
    int count() {
        return local ? Slots.of(spark.master()) : spark.sc().maxNumConcurrentTasks(profile);
    }

    /** {@code ranks} with the cores of a replica for each task. */
    <T> RDD<T> seated(RDD<T> ranks) {
        return local ? ranks : ranks.withResources(profile);
    }

    /** That there are too few, and how to get more. */
    Failure tooFew(Staffing staffing) {
        return Failure.resources(
                "Cannot run %d replicas of %d cores each: %s has room for %d after %d s (expected at least %d). Start more "
                        + "executors of %d cores (standalone: --executor-cores %d --conf spark.cores.max=%d; YARN and "
                        + "Kubernetes: --num-executors %d --executor-cores %d), or lower training.replicas, "
                        + "training.threads or training.min-replicas",
                staffing.replicas(),
                cores,
                spark.master(),
                count(),
                staffing.patience().toSeconds(),
                staffing.minimum(),
                cores,
                cores,
                cores * staffing.replicas(),
                staffing.replicas(),
                cores);
    }
}
