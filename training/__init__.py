"""Makes the relation model that ships in `src/detente/knowledge/relation_model/`."""
