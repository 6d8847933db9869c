import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace shoal. */
export namespace shoal {

    /**
     * Properties of a StateFile.
     * @deprecated Use shoal.StateFile.$Properties instead.
     */
    interface IStateFile extends shoal.StateFile.$Properties {
    }

    /** All rooms at one moment. */
    class StateFile {

        /**
         * Constructs a new StateFile.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.StateFile.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** What the server was set to. */
        settings?: (shoal.SavedSettings.$Properties|null);

        /** Highest epoch given to a room so far. */
        epochs: number;

        /** The newest tick. */
        tick: number;

        /** When it was taken, ms since 1970. */
        savedMs: number;

        /** Number of the first journal that holds what happened since. */
        journal: number;

        /** Open rooms. */
        rooms: shoal.SavedRoom.$Properties[];

        /**
         * Encodes the specified StateFile message. Does not implicitly {@link shoal.StateFile.verify|verify} messages.
         * @param message StateFile message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.StateFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StateFile message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.StateFile & shoal.StateFile.$Shape} StateFile
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.StateFile & shoal.StateFile.$Shape;
    }

    namespace StateFile {

        /** Properties of a StateFile. */
        interface $Properties {

            /** What the server was set to. */
            settings?: (shoal.SavedSettings.$Properties|null);

            /** Highest epoch given to a room so far. */
            epochs?: (number|null);

            /** The newest tick. */
            tick?: (number|null);

            /** When it was taken, ms since 1970. */
            savedMs?: (number|null);

            /** Number of the first journal that holds what happened since. */
            journal?: (number|null);

            /** Open rooms. */
            rooms?: (shoal.SavedRoom.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StateFile. */
        type $Shape = shoal.StateFile.$Properties;
    }

    /**
     * Properties of a SavedSettings.
     * @deprecated Use shoal.SavedSettings.$Properties instead.
     */
    interface ISavedSettings extends shoal.SavedSettings.$Properties {
    }

    /** Settings that the numbers of a state depend on. */
    class SavedSettings {

        /**
         * Constructs a new SavedSettings.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedSettings.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Ticks a second. */
        tickHz: number;

        /** Edge of the square worlds, world units. */
        worldSize: number;

        /**
         * Encodes the specified SavedSettings message. Does not implicitly {@link shoal.SavedSettings.verify|verify} messages.
         * @param message SavedSettings message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedSettings message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedSettings & shoal.SavedSettings.$Shape} SavedSettings
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedSettings & shoal.SavedSettings.$Shape;
    }

    namespace SavedSettings {

        /** Properties of a SavedSettings. */
        interface $Properties {

            /** Ticks a second. */
            tickHz?: (number|null);

            /** Edge of the square worlds, world units. */
            worldSize?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedSettings. */
        type $Shape = shoal.SavedSettings.$Properties;
    }

    /**
     * Properties of a SavedRoom.
     * @deprecated Use shoal.SavedRoom.$Properties instead.
     */
    interface ISavedRoom extends shoal.SavedRoom.$Properties {
    }

    /** One room after one of its ticks. */
    class SavedRoom {

        /**
         * Constructs a new SavedRoom.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedRoom.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Its name. */
        name: string;

        /** Its epoch, as in Welcome. */
        epoch: number;

        /** Its newest tick. */
        tick: number;

        /** The id of the next newcomer. */
        nextId: number;

        /** Who is in it, in the world's order. */
        players: shoal.SavedPlayer.$Properties[];

        /**
         * Encodes the specified SavedRoom message. Does not implicitly {@link shoal.SavedRoom.verify|verify} messages.
         * @param message SavedRoom message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedRoom.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedRoom message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedRoom & shoal.SavedRoom.$Shape} SavedRoom
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedRoom & shoal.SavedRoom.$Shape;
    }

    namespace SavedRoom {

        /** Properties of a SavedRoom. */
        interface $Properties {

            /** Its name. */
            name?: (string|null);

            /** Its epoch, as in Welcome. */
            epoch?: (number|null);

            /** Its newest tick. */
            tick?: (number|null);

            /** The id of the next newcomer. */
            nextId?: (number|null);

            /** Who is in it, in the world's order. */
            players?: (shoal.SavedPlayer.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedRoom. */
        type $Shape = shoal.SavedRoom.$Properties;
    }

    /**
     * Properties of a SavedPlayer.
     * @deprecated Use shoal.SavedPlayer.$Properties instead.
     */
    interface ISavedPlayer extends shoal.SavedPlayer.$Properties {
    }

    /** A player: entity and session. */
    class SavedPlayer {

        /**
         * Constructs a new SavedPlayer.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedPlayer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** As in EntityRest. */
        slot: number;

        /** As in EntityRest. */
        id: number;

        /** True position, 1/32 world unit. */
        x: number;

        /** True position, 1/32 world unit. */
        y: number;

        /** 1/65536 turn. */
        heading: number;

        /** 1/8 world unit a second. */
        speed: number;

        /** Swims by its own force. */
        thrust: boolean;

        /** What the game keeps of it. */
        game: Uint8Array;

        /** SHA-256 of each resume token that still opens the session, the newest last. */
        tokenHashes: Uint8Array[];

        /** The client's number of the last of its events that took effect. */
        lastEvent: number;

        /** Told to the player and perhaps not arrived yet, in order. */
        told: shoal.SavedEvent.$Properties[];

        /** Who the player is, where that is asked for (SPEC S18); empty for a guest. */
        account: string;

        /** What the account is called, empty if it does not say. */
        accountName: string;

        /**
         * Encodes the specified SavedPlayer message. Does not implicitly {@link shoal.SavedPlayer.verify|verify} messages.
         * @param message SavedPlayer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedPlayer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedPlayer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedPlayer & shoal.SavedPlayer.$Shape} SavedPlayer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedPlayer & shoal.SavedPlayer.$Shape;
    }

    namespace SavedPlayer {

        /** Properties of a SavedPlayer. */
        interface $Properties {

            /** As in EntityRest. */
            slot?: (number|null);

            /** As in EntityRest. */
            id?: (number|null);

            /** True position, 1/32 world unit. */
            x?: (number|null);

            /** True position, 1/32 world unit. */
            y?: (number|null);

            /** 1/65536 turn. */
            heading?: (number|null);

            /** 1/8 world unit a second. */
            speed?: (number|null);

            /** Swims by its own force. */
            thrust?: (boolean|null);

            /** What the game keeps of it. */
            game?: (Uint8Array|null);

            /** SHA-256 of each resume token that still opens the session, the newest last. */
            tokenHashes?: (Uint8Array[]|null);

            /** The client's number of the last of its events that took effect. */
            lastEvent?: (number|null);

            /** Told to the player and perhaps not arrived yet, in order. */
            told?: (shoal.SavedEvent.$Properties[]|null);

            /** Who the player is, where that is asked for (SPEC S18); empty for a guest. */
            account?: (string|null);

            /** What the account is called, empty if it does not say. */
            accountName?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedPlayer. */
        type $Shape = shoal.SavedPlayer.$Properties;
    }

    /**
     * Properties of a SavedEvent.
     * @deprecated Use shoal.SavedEvent.$Properties instead.
     */
    interface ISavedEvent extends shoal.SavedEvent.$Properties {
    }

    /** Something told to a player. */
    class SavedEvent {

        /**
         * Constructs a new SavedEvent.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedEvent.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Tick of the frame that it went out with: a client that holds that tick has it. 0: it waits. */
        tick: number;

        /** A whole `events` field of ServerFrame, tag and all. */
        event: Uint8Array;

        /**
         * Encodes the specified SavedEvent message. Does not implicitly {@link shoal.SavedEvent.verify|verify} messages.
         * @param message SavedEvent message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedEvent message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedEvent & shoal.SavedEvent.$Shape} SavedEvent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedEvent & shoal.SavedEvent.$Shape;
    }

    namespace SavedEvent {

        /** Properties of a SavedEvent. */
        interface $Properties {

            /** Tick of the frame that it went out with: a client that holds that tick has it. 0: it waits. */
            tick?: (number|null);

            /** A whole `events` field of ServerFrame, tag and all. */
            event?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedEvent. */
        type $Shape = shoal.SavedEvent.$Properties;
    }

    /**
     * Properties of a JournalEntry.
     * @deprecated Use shoal.JournalEntry.$Properties instead.
     */
    interface IJournalEntry extends shoal.JournalEntry.$Properties {
    }

    /** What came of one tick, in all rooms: written before the tick's frames go out. */
    class JournalEntry {

        /**
         * Constructs a new JournalEntry.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.JournalEntry.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** In the first entry of a journal only. */
        settings?: (shoal.SavedSettings.$Properties|null);

        /** In the first entry of a journal only: when it was begun, ms since 1970. */
        savedMs: number;

        /** One for each room in which anything happened. */
        batches: shoal.JournalBatch.$Properties[];

        /**
         * Encodes the specified JournalEntry message. Does not implicitly {@link shoal.JournalEntry.verify|verify} messages.
         * @param message JournalEntry message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.JournalEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JournalEntry message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.JournalEntry & shoal.JournalEntry.$Shape} JournalEntry
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.JournalEntry & shoal.JournalEntry.$Shape;
    }

    namespace JournalEntry {

        /** Properties of a JournalEntry. */
        interface $Properties {

            /** In the first entry of a journal only. */
            settings?: (shoal.SavedSettings.$Properties|null);

            /** In the first entry of a journal only: when it was begun, ms since 1970. */
            savedMs?: (number|null);

            /** One for each room in which anything happened. */
            batches?: (shoal.JournalBatch.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JournalEntry. */
        type $Shape = shoal.JournalEntry.$Properties;
    }

    /**
     * Properties of a JournalBatch.
     * @deprecated Use shoal.JournalBatch.$Properties instead.
     */
    interface IJournalBatch extends shoal.JournalBatch.$Properties {
    }

    /** What came of one tick in one room. To apply: left, acted, told, players, queues. */
    class JournalBatch {

        /**
         * Constructs a new JournalBatch.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.JournalBatch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** The room's name. */
        room: string;

        /** The room's epoch. */
        epoch: number;

        /** The tick whose frames tell of it. */
        tick: number;

        /** The room was opened: whatever had that name before is gone. */
        isOpened: boolean;

        /** Came in, came back, or changed more than the others of these lists say: as they are now, events told with this tick included. */
        players: shoal.SavedPlayer.$Properties[];

        /** Ids of those who left. */
        left: number[];

        /** Whose events took effect. */
        acted: shoal.SavedAct.$Properties[];

        /** What was told to whom. It goes out with this tick's frames unless `queues` or a later entry says otherwise. */
        told: shoal.SavedTelling.$Properties[];

        /** Whose waiting events go out with this tick's frames otherwise than that. */
        queues: shoal.SavedQueue.$Properties[];

        /** The id of the next newcomer. */
        nextId: number;

        /**
         * Encodes the specified JournalBatch message. Does not implicitly {@link shoal.JournalBatch.verify|verify} messages.
         * @param message JournalBatch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.JournalBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JournalBatch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.JournalBatch & shoal.JournalBatch.$Shape} JournalBatch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.JournalBatch & shoal.JournalBatch.$Shape;
    }

    namespace JournalBatch {

        /** Properties of a JournalBatch. */
        interface $Properties {

            /** The room's name. */
            room?: (string|null);

            /** The room's epoch. */
            epoch?: (number|null);

            /** The tick whose frames tell of it. */
            tick?: (number|null);

            /** The room was opened: whatever had that name before is gone. */
            isOpened?: (boolean|null);

            /** Came in, came back, or changed more than the others of these lists say: as they are now, events told with this tick included. */
            players?: (shoal.SavedPlayer.$Properties[]|null);

            /** Ids of those who left. */
            left?: (number[]|null);

            /** Whose events took effect. */
            acted?: (shoal.SavedAct.$Properties[]|null);

            /** What was told to whom. It goes out with this tick's frames unless `queues` or a later entry says otherwise. */
            told?: (shoal.SavedTelling.$Properties[]|null);

            /** Whose waiting events go out with this tick's frames otherwise than that. */
            queues?: (shoal.SavedQueue.$Properties[]|null);

            /** The id of the next newcomer. */
            nextId?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JournalBatch. */
        type $Shape = shoal.JournalBatch.$Properties;
    }

    /**
     * Properties of a SavedAct.
     * @deprecated Use shoal.SavedAct.$Properties instead.
     */
    interface ISavedAct extends shoal.SavedAct.$Properties {
    }

    /** Events of a player took effect. */
    class SavedAct {

        /**
         * Constructs a new SavedAct.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedAct.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Whose. */
        id: number;

        /** The client's number of the last of them. */
        lastEvent: number;

        /** What the game keeps of the player now. */
        game: Uint8Array;

        /**
         * Encodes the specified SavedAct message. Does not implicitly {@link shoal.SavedAct.verify|verify} messages.
         * @param message SavedAct message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedAct.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedAct message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedAct & shoal.SavedAct.$Shape} SavedAct
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedAct & shoal.SavedAct.$Shape;
    }

    namespace SavedAct {

        /** Properties of a SavedAct. */
        interface $Properties {

            /** Whose. */
            id?: (number|null);

            /** The client's number of the last of them. */
            lastEvent?: (number|null);

            /** What the game keeps of the player now. */
            game?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedAct. */
        type $Shape = shoal.SavedAct.$Properties;
    }

    /**
     * Properties of a SavedTelling.
     * @deprecated Use shoal.SavedTelling.$Properties instead.
     */
    interface ISavedTelling extends shoal.SavedTelling.$Properties {
    }

    /** An event told. */
    class SavedTelling {

        /**
         * Constructs a new SavedTelling.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedTelling.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** A whole `events` field of ServerFrame, tag and all. */
        event: Uint8Array;

        /** Ids of those who were told. */
        to: number[];

        /** Everyone in the room was told, and `to` is empty. */
        all: boolean;

        /**
         * Encodes the specified SavedTelling message. Does not implicitly {@link shoal.SavedTelling.verify|verify} messages.
         * @param message SavedTelling message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedTelling.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedTelling message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedTelling & shoal.SavedTelling.$Shape} SavedTelling
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedTelling & shoal.SavedTelling.$Shape;
    }

    namespace SavedTelling {

        /** Properties of a SavedTelling. */
        interface $Properties {

            /** A whole `events` field of ServerFrame, tag and all. */
            event?: (Uint8Array|null);

            /** Ids of those who were told. */
            to?: (number[]|null);

            /** Everyone in the room was told, and `to` is empty. */
            all?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedTelling. */
        type $Shape = shoal.SavedTelling.$Properties;
    }

    /**
     * Properties of a SavedQueue.
     * @deprecated Use shoal.SavedQueue.$Properties instead.
     */
    interface ISavedQueue extends shoal.SavedQueue.$Properties {
    }

    /** The newest events told to a player. */
    class SavedQueue {

        /**
         * Constructs a new SavedQueue.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedQueue.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Whose. */
        id: number;

        /** So many, before those that wait, go out with this tick's frame. */
        going: number;

        /** So many, the newest, wait. */
        waiting: number;

        /**
         * Encodes the specified SavedQueue message. Does not implicitly {@link shoal.SavedQueue.verify|verify} messages.
         * @param message SavedQueue message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedQueue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedQueue message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedQueue & shoal.SavedQueue.$Shape} SavedQueue
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedQueue & shoal.SavedQueue.$Shape;
    }

    namespace SavedQueue {

        /** Properties of a SavedQueue. */
        interface $Properties {

            /** Whose. */
            id?: (number|null);

            /** So many, before those that wait, go out with this tick's frame. */
            going?: (number|null);

            /** So many, the newest, wait. */
            waiting?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedQueue. */
        type $Shape = shoal.SavedQueue.$Properties;
    }

    /**
     * Properties of a SavedTadpole.
     * @deprecated Use shoal.SavedTadpole.$Properties instead.
     */
    interface ISavedTadpole extends shoal.SavedTadpole.$Properties {
    }

    /** What the pond keeps of a tadpole beside its motion. */
    class SavedTadpole {

        /**
         * Constructs a new SavedTadpole.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedTadpole.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Where it turns to, 1/65536 turn. */
        wanted: number;

        /** Cleaned name. */
        name: string;

        /** 0xRRGGBB. */
        colour: number;

        /** A Gender. */
        gender: number;

        /** What it last said to those nearby. */
        lastWords: string;

        /** Tick at which it said so. */
        lastWordsTick: number;

        /** Tick at which the bank of lines is full again. */
        quotaFullTick: number;

        /** From this tick on the look may change again. */
        lookFreeTick: number;

        /** What it is to change to then. */
        nextLook?: (shoal.SavedLook.$Properties|null);

        /** The name as last asked for, cleaned; `name` may have a number behind it. Empty if none was. */
        wantedName: string;

        /**
         * Encodes the specified SavedTadpole message. Does not implicitly {@link shoal.SavedTadpole.verify|verify} messages.
         * @param message SavedTadpole message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedTadpole.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedTadpole message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedTadpole & shoal.SavedTadpole.$Shape} SavedTadpole
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedTadpole & shoal.SavedTadpole.$Shape;
    }

    namespace SavedTadpole {

        /** Properties of a SavedTadpole. */
        interface $Properties {

            /** Where it turns to, 1/65536 turn. */
            wanted?: (number|null);

            /** Cleaned name. */
            name?: (string|null);

            /** 0xRRGGBB. */
            colour?: (number|null);

            /** A Gender. */
            gender?: (number|null);

            /** What it last said to those nearby. */
            lastWords?: (string|null);

            /** Tick at which it said so. */
            lastWordsTick?: (number|null);

            /** Tick at which the bank of lines is full again. */
            quotaFullTick?: (number|null);

            /** From this tick on the look may change again. */
            lookFreeTick?: (number|null);

            /** What it is to change to then. */
            nextLook?: (shoal.SavedLook.$Properties|null);

            /** The name as last asked for, cleaned; `name` may have a number behind it. Empty if none was. */
            wantedName?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedTadpole. */
        type $Shape = shoal.SavedTadpole.$Properties;
    }

    /**
     * Properties of a SavedLook.
     * @deprecated Use shoal.SavedLook.$Properties instead.
     */
    interface ISavedLook extends shoal.SavedLook.$Properties {
    }

    /** A cleaned look. */
    class SavedLook {

        /**
         * Constructs a new SavedLook.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.SavedLook.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Cleaned name. */
        name: string;

        /** 0xRRGGBB. */
        colour: number;

        /** A Gender. */
        gender: number;

        /**
         * Encodes the specified SavedLook message. Does not implicitly {@link shoal.SavedLook.verify|verify} messages.
         * @param message SavedLook message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.SavedLook.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SavedLook message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.SavedLook & shoal.SavedLook.$Shape} SavedLook
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.SavedLook & shoal.SavedLook.$Shape;
    }

    namespace SavedLook {

        /** Properties of a SavedLook. */
        interface $Properties {

            /** Cleaned name. */
            name?: (string|null);

            /** 0xRRGGBB. */
            colour?: (number|null);

            /** A Gender. */
            gender?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SavedLook. */
        type $Shape = shoal.SavedLook.$Properties;
    }
}
