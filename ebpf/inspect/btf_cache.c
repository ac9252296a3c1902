// SPDX-License-Identifier: Apache-2.0
#include "btf_cache.h"

#include <errno.h>
#include <stdlib.h>

static void release(struct btf_object *object)
{
	btf__free(object->btf);
	json_free(&object->enums);
}

static int make_room(struct btf_cache *btfs)
{
	size_t room = btfs->room ? btfs->room * 2 : 16;
	struct btf_object *objects;

	if (btfs->count < btfs->room)
		return 0;
	objects = realloc(btfs->objects, room * sizeof(*objects));
	if (!objects)
		return -ENOMEM;
	btfs->objects = objects;
	btfs->room = room;
	return 0;
}

static struct btf_object *load(struct btf_cache *btfs, uint32_t id)
{
	struct btf_object object = {.id = id};

	if (make_room(btfs)) {
		errno = ENOMEM;
		return NULL;
	}
	object.btf = btf__load_from_kernel_by_id(id);
	if (!object.btf)
		return NULL;
	btf_enums_write(&object.enums, object.btf);
	if (object.enums.failed) {
		release(&object);
		errno = ENOMEM;
		return NULL;
	}
	btfs->objects[btfs->count] = object;
	return &btfs->objects[btfs->count++];
}

const struct btf_object *btf_cache_get(struct btf_cache *btfs, uint32_t id)
{
	struct btf_object *object = NULL;

	for (size_t i = 0; i < btfs->count && !object; i++)
		if (btfs->objects[i].id == id)
			object = &btfs->objects[i];
	if (!object)
		object = load(btfs, id);
	if (object)
		object->asked = true;
	return object;
}

void btf_cache_sweep(struct btf_cache *btfs)
{
	size_t kept = 0;

	for (size_t i = 0; i < btfs->count; i++) {
		struct btf_object *object = &btfs->objects[i];

		if (!object->asked) {
			release(object);
			continue;
		}
		object->asked = false;
		btfs->objects[kept++] = *object;
	}
	btfs->count = kept;
}

void btf_cache_free(struct btf_cache *btfs)
{
	for (size_t i = 0; i < btfs->count; i++)
		release(&btfs->objects[i]);
	free(btfs->objects);
	*btfs = (struct btf_cache){0};
}
