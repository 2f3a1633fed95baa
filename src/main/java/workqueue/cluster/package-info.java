/**
 * A cluster, throwaway or existing, with its namespaces, its nodes, and the way images reach it.
 */
package workqueue.cluster;
