/*
 * Lets Dawn use Mesa's software driver lavapipe, as a second WebGPU adapter to be tested on: a Vulkan driver in front of it, which says that it
 * has the four features of dynamic indexing of arrays of resources, and does not ask lavapipe for them when a device is made. Dawn refuses
 * adapters that lack them (before Mesa 23), but no program of ours has such an array. Compiled by lavapipe.ts; no part of the page.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Function)(void);
typedef Function (*GetFunction)(void *instance, const char *name);

/* VkPhysicalDeviceFeatures: 55 booleans, of which 33 to 36 are shader{UniformBuffer,SampledImage,StorageBuffer,StorageImage}ArrayDynamicIndexing. */
enum { FEATURES = 55, FIRST_INDEXING = 33, LAST_INDEXING = 36, TYPE_FEATURES_2 = 1000059000 };
typedef struct { uint32_t flags[FEATURES]; } Features;
/* VkPhysicalDeviceFeatures2, and the head of whatever is chained to a structure. */
typedef struct { uint32_t type; void *next; Features features; } Features2;
/* VkDeviceCreateInfo. */
typedef struct {
  uint32_t type;
  const void *next;
  uint32_t flags, queueCount;
  const void *queues;
  uint32_t layerCount;
  const void *layers;
  uint32_t extensionCount;
  const void *extensions;
  const Features *features;
} DeviceInfo;

static void *library;
static GetFunction getFunction, getPhysicalDeviceFunction;
static void (*realFeatures)(void *, Features *);
static void (*realFeatures2)(void *, Features2 *);
static int (*realCreateDevice)(void *, const DeviceInfo *, const void *, void *);
static Features own;
static int known;

static void embellish(Features *features) {
  own = *features;
  known = 1;
  for (int i = FIRST_INDEXING; i <= LAST_INDEXING; i++) features->flags[i] = 1;
}

static void withdraw(Features *features) {
  for (int i = FIRST_INDEXING; known && i <= LAST_INDEXING; i++) features->flags[i] &= own.flags[i];
}

static void features(void *device, Features *found) {
  realFeatures(device, found);
  embellish(found);
}

static void features2(void *device, Features2 *found) {
  realFeatures2(device, found);
  embellish(&found->features);
}

static int createDevice(void *device, const DeviceInfo *asked, const void *allocator, void *made) {
  DeviceInfo info = *asked;
  Features plain;
  if (info.features) {
    plain = *info.features;
    withdraw(&plain);
    info.features = &plain;
  }
  for (Features2 *link = (Features2 *)info.next; link; link = link->next)
    if (link->type == TYPE_FEATURES_2) withdraw(&link->features);
  return realCreateDevice(device, &info, allocator, made);
}

static void open(void) {
  if (library) return;
  const char *path = getenv("LAVAPIPE_LIBRARY");
  library = dlopen(path ? path : "libvulkan_lvp.so", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  getFunction = (GetFunction)dlsym(library, "vk_icdGetInstanceProcAddr");
  getPhysicalDeviceFunction = (GetFunction)dlsym(library, "vk_icdGetPhysicalDeviceProcAddr");
}

static Function ours(const char *name, Function real) {
  if (!real) return real;
  if (!strcmp(name, "vkGetPhysicalDeviceFeatures")) {
    realFeatures = (void (*)(void *, Features *))real;
    return (Function)features;
  }
  if (!strcmp(name, "vkGetPhysicalDeviceFeatures2") || !strcmp(name, "vkGetPhysicalDeviceFeatures2KHR")) {
    realFeatures2 = (void (*)(void *, Features2 *))real;
    return (Function)features2;
  }
  if (!strcmp(name, "vkCreateDevice")) {
    realCreateDevice = (int (*)(void *, const DeviceInfo *, const void *, void *))real;
    return (Function)createDevice;
  }
  return real;
}

/* The loader's interface to a driver (Vulkan-Loader, LoaderDriverInterface.md). */
Function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  open();
  return getFunction ? ours(name, getFunction(instance, name)) : 0;
}

Function vk_icdGetPhysicalDeviceProcAddr(void *instance, const char *name) {
  open();
  return getPhysicalDeviceFunction ? ours(name, getPhysicalDeviceFunction(instance, name)) : 0;
}

int vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t *version) {
  open();
  int (*negotiate)(uint32_t *) =
      library ? (int (*)(uint32_t *))dlsym(library, "vk_icdNegotiateLoaderICDInterfaceVersion") : 0;
  return negotiate ? negotiate(version) : -3; /* VK_ERROR_INITIALIZATION_FAILED */
}
